import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CatalogueRef } from '@/shared/api/hosts';
import { api } from '@/shared/api/http';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

type Kind = 'sizes' | 'images';
type Entry = Record<string, unknown>;

function useSave(kind: Kind, onSaved: () => void) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, entry }: { code: string; entry: Entry }) =>
      api<{ ref: CatalogueRef }>(`/catalogue/${kind}/${encodeURIComponent(code)}`, {
        method: 'PUT',
        json: { retired: false, ...entry },
      }),
    onSuccess: async ({ ref }) => {
      tell.done(t('catalogue.saved', { code: ref.code, version: ref.version }));
      onSaved();
      await queries.invalidateQueries({ queryKey: [`/catalogue/${kind}`] });
    },
  });
}

/** An entry of the catalogue, new or in its next version. */
export function CatalogueDialog({
  kind,
  title,
  code,
  start,
  onClose,
  children,
}: {
  kind: Kind;
  title: string;
  code: string | null;
  start: Entry;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Entry>();
  const save = useSave(kind, onClose);
  return (
    <Modal
      open
      title={title}
      okText={t('catalogue.save')}
      cancelText={t('common.cancel')}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Entry>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ ...start, code }}
        onFinish={({ code: typed, ...values }) =>
          save.mutate({
            code: code ?? String(typed).trim(),
            entry: { ...filled({ ...start, ...values }) },
          })
        }
      >
        <Form.Item
          name="code"
          label={t('catalogue.code')}
          extra={code === null && t('catalogue.codeHint')}
          rules={[{ required: true, whitespace: true, message: t('catalogue.required') }]}
        >
          <Input maxLength={32} disabled={code !== null} />
        </Form.Item>
        {children}
      </Form>
      <ProblemAlert error={save.error} />
    </Modal>
  );
}

/** Offers an entry no longer, or again. */
export function RetireButton({ kind, code, entry }: { kind: Kind; code: string; entry: Entry }) {
  const { t } = useTranslation();
  const tell = useTell();
  const save = useSave(kind, () => undefined);
  const retired = entry['retired'] === true;
  return (
    <Button
      type="link"
      loading={save.isPending}
      onClick={() =>
        save.mutate({ code, entry: { ...entry, retired: !retired } }, { onError: tell.failed })
      }
    >
      {retired ? t('catalogue.offer') : t('catalogue.retire')}
    </Button>
  );
}

function filled(entry: Entry): Entry {
  return Object.fromEntries(
    Object.entries(entry).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    ),
  );
}
