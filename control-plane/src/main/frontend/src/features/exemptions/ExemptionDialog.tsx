import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import type { Exemption, ExemptionKind } from '@/shared/api/exemptions';
import type { Page, Ref } from '@/shared/api/types';
import { useDebounced } from '@/shared/ui/useDebounced';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

const KINDS: ExemptionKind[] = ['DISASTER_RECOVERY', 'PROTECTION', 'SEASONAL', 'LICENCE'];

interface Values {
  host: string;
  kind: ExemptionKind;
  reason: string;
  from: string;
  until: string;
}

/** Applies for a host; somebody else decides. */
export function ExemptionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => uuid());
  const [text, setText] = useState('');
  const q = useDebounced(text, 350);
  const hosts = useQuery({
    queryKey: ['/hosts', 'choice', q],
    queryFn: ({ signal }) => api<Page<Ref>>('/hosts', { query: { q, limit: 20 }, signal }),
  });
  const apply = useMutation({
    mutationFn: ({ reason, ...values }: Values) =>
      api<Exemption>(`/exemptions/${id}`, {
        method: 'PUT',
        json: { ...values, reason: reason.trim() },
      }),
    onSuccess: async () => {
      tell.done(t('exemption.applied'));
      onClose();
      await queries.invalidateQueries();
    },
  });
  const required = [{ required: true, message: t('exemption.required') }];
  return (
    <Modal
      open
      title={t('exemption.apply')}
      okText={t('exemption.apply')}
      cancelText={t('common.cancel')}
      confirmLoading={apply.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="faint">{t('exemption.text')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => apply.mutate(values)}
      >
        <Form.Item name="host" label={t('exemption.host')} rules={required}>
          <Select
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={hosts.isFetching}
            options={(hosts.data?.items ?? []).map((host) => ({
              value: host.id,
              label: host.name,
            }))}
          />
        </Form.Item>
        <Form.Item name="kind" label={t('exemption.kindLabel')} rules={required}>
          <Select
            options={KINDS.map((kind) => ({ value: kind, label: t(`exemption.kind.${kind}`) }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('exemption.from')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="until" label={t('exemption.until')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t('exemption.reason')}
          rules={[{ required: true, whitespace: true, message: t('exemption.required') }]}
        >
          <Input.TextArea rows={3} maxLength={1000} showCount />
        </Form.Item>
      </Form>
      <ProblemAlert error={apply.error} />
    </Modal>
  );
}
