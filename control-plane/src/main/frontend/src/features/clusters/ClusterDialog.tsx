import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { ClusterCommandKind, MemberCluster } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useProblemText } from '@/shared/ui/useProblemText';
import { useTell } from '@/shared/ui/useTell';

const PATHS: Record<ClusterCommandKind, string> = {
  FENCE: 'fences',
  WRITE_OFF: 'write-offs',
  READMIT: 'readmissions',
  CORDON: 'cordons',
  UNCORDON: 'uncordons',
  DRAIN: 'drains',
};

const LONGEST = 500;

/** What stops work, or frees what may still be taken. */
export function isDangerous(kind: ClusterCommandKind): boolean {
  return kind === 'FENCE' || kind === 'WRITE_OFF';
}

interface Values {
  name: string;
  reason: string;
}

/** Asks for the reason, and for the cluster's name in hand, before something is said of it. */
export function ClusterDialog({
  name,
  kind,
  onClose,
}: {
  name: string;
  kind: ClusterCommandKind;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => uuid());
  const say = useMutation({
    mutationFn: (reason: string) =>
      api<MemberCluster>(`/clusters/${name}/${PATHS[kind]}/${id}`, {
        method: 'PUT',
        json: { reason },
      }),
    onSuccess: async () => {
      tell.done(t(`cluster.command.${kind}.done`, { name }));
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Modal
      open
      title={t(`cluster.command.${kind}.title`, { name })}
      okText={t(`cluster.command.${kind}.open`)}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: isDangerous(kind) }}
      confirmLoading={say.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>{t(`cluster.command.${kind}.text`)}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => say.mutate(reason.trim())}
      >
        <Form.Item
          name="reason"
          label={t('cluster.reason')}
          rules={[{ required: true, whitespace: true, message: t('cluster.reasonRequired') }]}
        >
          <Input.TextArea rows={3} maxLength={LONGEST} showCount />
        </Form.Item>
        {isDangerous(kind) && (
          <Form.Item
            name="name"
            label={t('cluster.confirm', { name })}
            rules={[
              {
                validator: (_, typed: string | undefined) =>
                  typed?.trim() === name
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('cluster.confirmWrong'))),
              },
            ]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        )}
      </Form>
      {say.error && (
        <Alert
          type="error"
          showIcon
          title={textOf(say.error).title}
          description={textOf(say.error).detail}
        />
      )}
    </Modal>
  );
}
