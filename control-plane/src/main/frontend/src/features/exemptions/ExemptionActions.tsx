import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { useMay, useMe } from '@/shared/api/queries';
import type { Exemption } from '@/shared/api/exemptions';
import { useTell } from '@/shared/ui/useTell';

type Reasoned = 'rejection' | 'end';

/** What somebody other than the applicant decides; a refusal and an early end say why. */
export function ExemptionActions({ exemption }: { exemption: Exemption }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const [asking, setAsking] = useState<Reasoned | null>(null);
  const say = useMutation({
    mutationFn: ({ what, reason }: { what: 'approval' | Reasoned; reason?: string }) =>
      api<Exemption>(`/exemptions/${exemption.id}/${what}`, {
        method: 'POST',
        ...(reason === undefined ? {} : { json: { reason } }),
      }),
    onSuccess: () => {
      setAsking(null);
      return queries.invalidateQueries();
    },
    onError: tell.failed,
  });
  const { state, applicant, ended, inForce } = exemption;
  const decides = state === 'APPLIED' && applicant.id !== me.data?.id;
  if (!may('EXEMPTION_APPROVE') || !(decides || (inForce && ended === null))) {
    return null;
  }
  return (
    <Space>
      {decides ? (
        <>
          <Button
            type="link"
            loading={say.isPending}
            onClick={() => say.mutate({ what: 'approval' })}
          >
            {t('exemption.approve')}
          </Button>
          <Button type="link" danger onClick={() => setAsking('rejection')}>
            {t('exemption.reject')}
          </Button>
        </>
      ) : (
        <Button type="link" danger onClick={() => setAsking('end')}>
          {t('exemption.end')}
        </Button>
      )}
      {asking && (
        <Modal
          open
          title={t(asking === 'end' ? 'exemption.endTitle' : 'exemption.rejectTitle', {
            name: exemption.host.name,
          })}
          okText={t(asking === 'end' ? 'exemption.end' : 'exemption.reject')}
          cancelText={t('common.cancel')}
          okButtonProps={{ danger: true }}
          confirmLoading={say.isPending}
          onCancel={() => setAsking(null)}
          onOk={() => form.submit()}
        >
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={({ reason }) => say.mutate({ what: asking, reason: reason.trim() })}
          >
            <Form.Item
              name="reason"
              label={t('exemption.reason')}
              rules={[{ required: true, whitespace: true, message: t('exemption.required') }]}
            >
              <Input.TextArea rows={3} maxLength={1000} showCount />
            </Form.Item>
          </Form>
        </Modal>
      )}
    </Space>
  );
}
