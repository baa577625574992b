import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, type FormProps, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

/** What is said of every version that is proposed. */
export interface ProposedVersion {
  id: string;
  effectiveFrom: string;
  basis: string;
}

/** What it is called there. */
export interface VersionWords {
  propose: string;
  proposed: string;
  id: string;
  idHint: string;
  effectiveFrom: string;
  basis: string;
  required: string;
}

/** Proposes another version of something: its id, its day, its document, and what is its own. */
export function ProposeVersionDialog<Values extends ProposedVersion>({
  words,
  path,
  width,
  initialValues,
  onClose,
  children,
}: {
  words: VersionWords;
  path: string;
  width: number;
  initialValues: NonNullable<FormProps<Values>['initialValues']>;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const propose = useMutation({
    mutationFn: ({ id, ...body }: Values) =>
      api<unknown>(`${path}/${encodeURIComponent(id.trim())}`, { method: 'PUT', json: body }),
    onSuccess: async () => {
      tell.done(words.proposed);
      onClose();
      await queries.invalidateQueries();
    },
  });
  const required = [{ required: true, message: words.required }];
  return (
    <Modal
      open
      width={width}
      title={words.propose}
      okText={words.propose}
      cancelText={t('common.cancel')}
      confirmLoading={propose.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues}
        onFinish={(values) => propose.mutate(values)}
      >
        <Form.Item name="id" label={words.id} extra={words.idHint} rules={required}>
          <Input maxLength={63} />
        </Form.Item>
        <Form.Item name="effectiveFrom" label={words.effectiveFrom} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="basis" label={words.basis} rules={required}>
          <Input.TextArea rows={2} maxLength={500} showCount />
        </Form.Item>
        {children}
      </Form>
      <ProblemAlert error={propose.error} />
    </Modal>
  );
}
