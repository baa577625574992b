import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import type { UsageReading, UsageSource } from '@/shared/api/usage';
import { startOfDay } from '@/shared/format/beijing';
import { useFormat } from '@/shared/format/useFormat';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

interface Values {
  source: string;
  /** Days in Asia/Shanghai, the last one is read too. */
  from: string;
  until: string;
}

/** Has days of measured use read once more, for their source has more of them now. */
export function RereadDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const format = useFormat();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => uuid());
  const sources = useQuery({
    queryKey: ['/usage-readings/sources'],
    queryFn: ({ signal }) => api<{ items: UsageSource[] }>('/usage-readings/sources', { signal }),
  });
  const ask = useMutation({
    mutationFn: ({ source, from, until }: Values) =>
      api<UsageReading>(`/usage-readings/${id}`, {
        method: 'PUT',
        json: { source, from: startOfDay(from), to: startOfDay(until, 1) },
      }),
    onSuccess: async () => {
      tell.done(t('job.asked'));
      onClose();
      await queries.invalidateQueries();
    },
  });
  const required = [{ required: true, message: t('exemption.required') }];
  return (
    <Modal
      open
      title={t('reread.ask')}
      okText={t('reread.ask')}
      cancelText={t('common.cancel')}
      confirmLoading={ask.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="faint">{t('reread.text')}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => ask.mutate(values)}
      >
        <Form.Item name="source" label={t('reread.source')} rules={required}>
          <Select
            loading={sources.isFetching}
            notFoundContent={t('reread.noSource')}
            options={(sources.data?.items ?? []).map(({ name, readTo }) => ({
              value: name,
              label: t('reread.readTo', { name, at: format.time(readTo) }),
            }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('reread.from')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="until" label={t('reread.until')} rules={required}>
          <Input type="date" />
        </Form.Item>
      </Form>
      <ProblemAlert error={ask.error} />
    </Modal>
  );
}
