import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type {
  ClusterCommandKind,
  ClusterRemade,
  ClusterRemaining,
  MemberCluster,
} from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useFormat } from '@/shared/format/useFormat';
import { useProblemText } from '@/shared/ui/useProblemText';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

const PATHS: Record<ClusterCommandKind, string> = {
  FENCE: 'fences',
  WRITE_OFF: 'write-offs',
  READMIT: 'readmissions',
  CORDON: 'cordons',
  UNCORDON: 'uncordons',
  DRAIN: 'drains',
  RELEASE: 'releases',
  ACCEPT_IDENTITY: 'identities',
  DEREGISTER: 'deregistrations',
};

const LONGEST = 500;

/** Of these is told first what would come of them. */
const HAS_OUTLOOK = new Set<ClusterCommandKind>(['RELEASE', 'ACCEPT_IDENTITY', 'DEREGISTER']);

interface WouldBe {
  released?: number;
  remade?: ClusterRemade;
  remaining?: ClusterRemaining;
}

/** What stops work, or frees what may still be taken. */
export function isDangerous(kind: ClusterCommandKind): boolean {
  return (
    kind === 'FENCE' || kind === 'WRITE_OFF' || kind === 'ACCEPT_IDENTITY' || kind === 'DEREGISTER'
  );
}

/** Whoever accepts another cluster names which. */
function bodyOf(cluster: MemberCluster, kind: ClusterCommandKind, reason: string) {
  return kind === 'ACCEPT_IDENTITY' ? { reason, uid: cluster.identity?.found } : { reason };
}

interface Values {
  name: string;
  reason: string;
}

/** Asks for the reason, and for the cluster's name in hand, before something is said of it. */
export function ClusterDialog({
  cluster,
  kind,
  onClose,
}: {
  cluster: MemberCluster;
  kind: ClusterCommandKind;
  onClose: () => void;
}) {
  const { name } = cluster;
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [id] = useState(() => uuid());
  const say = useMutation({
    mutationFn: (reason: string) =>
      api(`/clusters/${name}/${PATHS[kind]}/${id}`, {
        method: 'PUT',
        json: bodyOf(cluster, kind, reason),
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
      {HAS_OUTLOOK.has(kind) && <Outlook cluster={cluster} kind={kind} />}
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
      <ProblemAlert error={say.error} />
    </Modal>
  );
}

/** Asks the server what the command would do, without doing it. */
function Outlook({ cluster, kind }: { cluster: MemberCluster; kind: ClusterCommandKind }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useProblemText();
  const [id] = useState(() => uuid());
  const outlook = useQuery({
    queryKey: ['/clusters', cluster.name, 'outlook', kind],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) =>
      api<WouldBe>(`/clusters/${cluster.name}/${PATHS[kind]}/${id}?validateOnly=true`, {
        method: 'PUT',
        json: bodyOf(cluster, kind, t(`cluster.command.${kind}.open`)),
        signal,
      }),
  });
  if (outlook.error) {
    const { title, detail } = textOf(outlook.error);
    return <Alert type="error" showIcon title={title} description={detail} />;
  }
  const { released, remade, remaining } = outlook.data ?? {};
  const lines = [
    ...(cluster.identity && kind === 'ACCEPT_IDENTITY'
      ? [
          t('cluster.identityKnown', { uid: cluster.identity.known }),
          t('cluster.identityFound', { uid: cluster.identity.found }),
        ]
      : []),
    ...(released === undefined
      ? []
      : [t('cluster.wouldRelease', { namespaces: format.number(released) })]),
    ...(remade
      ? [
          t('cluster.wouldRemake', {
            namespaces: format.number(remade.namespaces),
            hosts: format.number(remade.hosts),
            running: format.number(remade.running),
          }),
        ]
      : []),
    ...(remaining
      ? [t('cluster.wouldRemain', { namespaces: format.number(remaining.namespaces) })]
      : []),
  ];
  return lines.length === 0 ? null : (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 16 }}
      title={lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    />
  );
}
