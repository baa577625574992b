import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import { instantAt, momentOf } from '@/shared/format/beijing';
import type { Part } from '@/shared/api/applications';
import { useTell } from '@/shared/ui/useTell';
import { useHouse, type Delegation } from './delegations';

interface Given {
  to: string;
  part: Part;
  /** As the field has it, in the time of Beijing. */
  begin: string;
  until: string;
  reason: string;
}

const DAY = 86_400_000;

/** As a field of the kind `datetime-local` has it. */
function fieldText(at: Date): string {
  return momentOf(at).slice(0, 16);
}

/** Has somebody of the own house act in one's place. */
export function GiveDialog({ parts, onClose }: { parts: Part[]; onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const { people, isPending } = useHouse();
  const [form] = Form.useForm<Given>();
  const [id] = useState(() => uuid());
  const [now] = useState(() => new Date());
  const give = useMutation({
    mutationFn: ({ begin, until, ...given }: Given) =>
      api<Delegation>(`/delegations/${id}`, {
        method: 'PUT',
        json: {
          ...given,
          begin: instantAt(begin),
          until: instantAt(until),
        },
      }),
    onSuccess: ({ to }) => {
      tell.done(t('delegation.given', { name: to.name }));
      onClose();
      return queries.invalidateQueries({ queryKey: ['/delegations'] });
    },
    onError: (error) => {
      const errors = isProblem(error) ? (error.document.errors ?? []) : [];
      form.setFields(
        errors.map(({ pointer, detail }) => ({
          name: pointer.slice(1) as keyof Given,
          errors: [detail],
        })),
      );
      tell.failed(error);
    },
  });
  const required = [{ required: true, message: t('delegation.required') }];
  return (
    <Modal
      open
      title={t('delegation.give')}
      okText={t('delegation.give')}
      cancelText={t('common.cancel')}
      confirmLoading={give.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Given>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          part: parts[0],
          begin: fieldText(now),
          until: fieldText(new Date(now.getTime() + 7 * DAY)),
        }}
        onFinish={(given) => give.mutate(given)}
      >
        <Form.Item name="part" label={t('delegation.part')} rules={required}>
          <Select
            aria-label={t('delegation.part')}
            options={parts.map((part) => ({ value: part, label: t(`part.${part}`) }))}
          />
        </Form.Item>
        <Form.Item name="to" label={t('delegation.to')} rules={required}>
          <Select
            aria-label={t('delegation.to')}
            showSearch={{ optionFilterProp: 'label' }}
            loading={isPending}
            notFoundContent={isPending ? <Spin size="small" /> : t('command.noColleague')}
            options={people.map(({ id: value, name }) => ({ value, label: name }))}
          />
        </Form.Item>
        <div className="fields-2">
          <Form.Item name="begin" label={t('delegation.begin')} rules={required}>
            <Input type="datetime-local" aria-label={t('delegation.begin')} />
          </Form.Item>
          <Form.Item name="until" label={t('delegation.until')} rules={required}>
            <Input type="datetime-local" aria-label={t('delegation.until')} />
          </Form.Item>
        </div>
        <Form.Item
          name="reason"
          label={t('command.reason')}
          rules={[{ required: true, whitespace: true, message: t('command.reasonRequired') }]}
        >
          <Input.TextArea rows={2} maxLength={500} showCount aria-label={t('command.reason')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
