import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { Host, HostMigration } from '@/shared/api/hosts';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';

/** Moves a host that runs to another node of its cluster; asked for by the platform only. */
export function MigrateButton({ host }: { host: Host }) {
  const { t } = useTranslation();
  const may = useMay();
  const [asking, setAsking] = useState(false);
  if (!may('HOST_MIGRATE') || host.state !== 'RUNNING' || host.gpus !== null) {
    return null;
  }
  const whyNot = notMigratable(host);
  if (whyNot !== null) {
    return (
      <Tooltip title={t('migration.not', { reason: whyNot })}>
        <Button disabled>{t('migration.order')}</Button>
      </Tooltip>
    );
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('migration.order')}</Button>
      {asking && <MigrateDialog host={host} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Why its cluster cannot move it, in its words; null: it says nothing. */
function notMigratable(host: Host): string | null {
  const said = host.conditions.find((condition) => condition.startsWith('LiveMigratable'));
  return said === undefined ? null : said.replace(/^LiveMigratable ?/, '');
}

function MigrateDialog({ host, onClose }: { host: Host; onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  // Once for the dialog: sent twice, it is one migration.
  const [id] = useState(() => uuid());
  const address = `/hosts/${host.id}/migrations/${id}`;
  // Whether it could be moved now is said before anybody gives a reason.
  const trial = useQuery({
    queryKey: [address, 'trial'],
    queryFn: ({ signal }) =>
      api<HostMigration>(address, { method: 'PUT', query: { validateOnly: true }, signal }),
    retry: false,
    gcTime: 0,
  });
  const order = useMutation({
    mutationFn: (values: { reason: string }) =>
      api<HostMigration>(address, { method: 'PUT', json: values }),
    onSuccess: async () => {
      tell.done(t('migration.ordered', { name: host.name }));
      onClose();
      await queries.invalidateQueries({ queryKey: ['/hosts'] });
    },
  });
  const problem = order.error ?? trial.error;
  return (
    <Modal
      open
      title={t('migration.orderTitle', { name: host.name })}
      okText={t('migration.order')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !trial.isSuccess }}
      confirmLoading={order.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>{t('migration.orderText')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={order.mutate}>
        <Form.Item
          name="reason"
          label={t('host.reasonLabel')}
          rules={[{ required: true, whitespace: true, message: t('host.reasonRequired') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
      <ProblemAlert error={problem} />
    </Modal>
  );
}

/** The migration of a host that is under way, or why the last one ended without success. */
export function MigrationNote({ host }: { host: Host }) {
  const { t } = useTranslation();
  const format = useFormat();
  const migrations = useQuery({
    queryKey: ['/hosts', 'migrations', host.id],
    queryFn: ({ signal }) =>
      api<{ items: HostMigration[] }>(`/hosts/${host.id}/migrations`, { signal }),
  });
  const last = migrations.data?.items[0];
  if (!last || (last.state === 'ENDED' && last.reason === 'Succeeded')) {
    return null;
  }
  const isOver = last.state === 'ENDED';
  return (
    <Alert
      type={isOver ? 'warning' : 'info'}
      showIcon
      title={t(isOver ? 'migration.failed' : 'migration.moving')}
      description={
        <>
          <Tag>{t(`migration.state.${last.state}`)}</Tag>
          <span className="code">
            {last.from ?? t('migration.unknown')} → {last.to ?? t('migration.unknown')}
          </span>{' '}
          <span className="faint">{format.time(last.since)}</span>
          {last.reason && <div className="faint">{last.reason}</div>}
        </>
      }
    />
  );
}
