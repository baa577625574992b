import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, type ButtonProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { useMe } from '@/shared/api/queries';
import { useTell } from '@/shared/ui/useTell';
import type { DraftValues } from '../apply/draft';
import { contentOf, type Template } from './templates';

/** Keeps what is filled in to begin others with: for the own unit, or for all of them. */
export function SaveTemplateButton({
  values,
  size,
}: {
  values: DraftValues;
  size?: ButtonProps['size'];
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const me = useMe().data;
  const [id, setId] = useState<string | null>(null);
  const [form] = Form.useForm<{ name: string }>();
  const save = useMutation({
    mutationFn: (name: string) =>
      api<Template>(`/templates/${id ?? ''}`, {
        method: 'PUT',
        json: { name, content: contentOf(values) },
      }),
    onSuccess: ({ name }) => {
      setId(null);
      tell.done(t('template.saved', { name }));
      return queries.invalidateQueries({ queryKey: ['/templates'] });
    },
    onError: tell.failed,
  });
  return (
    <>
      <Button {...(size ? { size } : {})} onClick={() => setId(uuid())}>
        {t('template.save')}
      </Button>
      <Modal
        open={id !== null}
        title={t('template.save')}
        okText={t('template.keep')}
        cancelText={t('common.cancel')}
        confirmLoading={save.isPending}
        onCancel={() => setId(null)}
        onOk={() => form.submit()}
        destroyOnHidden
      >
        <p>{t(me?.unit ? 'template.ofUnitText' : 'template.ofAllText')}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          onFinish={({ name }) => save.mutate(name.trim())}
        >
          <Form.Item
            name="name"
            label={t('template.name')}
            rules={[{ required: true, whitespace: true, message: t('template.nameRequired') }]}
          >
            <Input maxLength={100} showCount />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
