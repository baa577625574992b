import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { MemberCluster } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

const GIB = 2 ** 30;
const MILLIS = 1000;

interface Values {
  vcpu: number;
  gib: number;
  reason: string;
}

/** An operator says what a cluster offers, whatever its nodes say. */
export function DeclareDialog({
  cluster,
  onClose,
}: {
  cluster: MemberCluster;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => uuid());
  const known = cluster.declared?.amounts ?? cluster.capacity?.allocatable ?? {};
  const memoryBefore = known['memoryBytes'] ?? 0;
  const gibBefore = Math.floor(memoryBefore / GIB);
  const declare = useMutation({
    mutationFn: ({ vcpu, gib, reason }: Values) =>
      api<MemberCluster>(`/clusters/${cluster.name}/declarations/${id}`, {
        method: 'PUT',
        json: {
          amounts: {
            // What was declared of anything else stays declared.
            ...cluster.declared?.amounts,
            cpuMillis: Math.round(vcpu * MILLIS),
            // What was not touched keeps what is less than a GiB.
            memoryBytes: gib === gibBefore ? memoryBefore : Math.round(gib * GIB),
          },
          reason: reason.trim(),
        },
      }),
    onSuccess: async () => {
      tell.done(t('cluster.declareDone'));
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Modal
      open
      title={t('cluster.declareTitle', { name: cluster.name })}
      okText={t('cluster.declareOpen')}
      cancelText={t('common.cancel')}
      confirmLoading={declare.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>{t('cluster.declareText')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          vcpu: (known['cpuMillis'] ?? 0) / MILLIS,
          gib: gibBefore,
        }}
        onFinish={(values) => declare.mutate(values)}
      >
        <Form.Item name="vcpu" label={t('cluster.declareVcpu')} rules={[{ required: true }]}>
          <InputNumber min={0} max={10_000_000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="gib" label={t('cluster.declareGib')} rules={[{ required: true }]}>
          <InputNumber min={0} max={100_000_000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('cluster.reason')}
          rules={[{ required: true, whitespace: true, message: t('cluster.reasonRequired') }]}
        >
          <Input.TextArea rows={2} maxLength={500} showCount />
        </Form.Item>
      </Form>
      <ProblemAlert error={declare.error} />
    </Modal>
  );
}
