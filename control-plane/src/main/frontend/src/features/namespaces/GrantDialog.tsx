import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { type Grant, GRANTS, type SystemNamespace } from '@/shared/api/namespaces';
import { useFormat } from '@/shared/format/useFormat';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

const LONGEST = 500;

interface Values {
  grants: Grant[];
  reason: string;
}

/** What a system's namespaces of a pool may beyond the guards, and why. */
export function GrantDialog({
  system,
  namespace,
  onClose,
}: {
  system: string;
  namespace: SystemNamespace;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const change = useMutation({
    mutationFn: ({ grants, reason }: Values) =>
      api(`/systems/${system}/namespaces/${namespace.pool}/grants`, {
        method: 'PUT',
        json: { grants, reason: reason.trim() },
      }),
    onSuccess: () => {
      tell.done(t('namespace.changed'));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['/systems', system, 'namespaces'] }),
  });
  return (
    <Modal
      open
      title={t('namespace.grantTitle', { pool: format.pool(namespace.pool) })}
      okText={t('namespace.change')}
      cancelText={t('common.cancel')}
      confirmLoading={change.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>{t('namespace.grantText')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ grants: namespace.grants, reason: '' }}
        onFinish={(values) => change.mutate(values)}
      >
        <Form.Item name="grants" label={t('namespace.grants')}>
          <Checkbox.Group
            options={GRANTS.map((grant) => ({
              value: grant,
              label: t(`namespace.grant.${grant}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('cluster.reason')}
          rules={[{ required: true, whitespace: true, message: t('cluster.reasonRequired') }]}
        >
          <Input.TextArea rows={3} maxLength={LONGEST} showCount />
        </Form.Item>
      </Form>
      <ProblemAlert error={change.error} />
    </Modal>
  );
}
