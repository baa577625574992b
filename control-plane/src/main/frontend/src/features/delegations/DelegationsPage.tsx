import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Popconfirm, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { useMe } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import {
  standingOf,
  useDelegations,
  useOwnParts,
  type Delegation,
  type Standing,
} from './delegations';
import { GiveDialog } from './GiveDialog';

const COLOR: Record<Standing, string> = {
  COMING: 'blue',
  ACTIVE: 'green',
  OVER: 'default',
  REVOKED: 'default',
};

/** Who acts for this person, and for whom he acts. */
export function DelegationsPage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const delegations = useDelegations();
  const parts = useOwnParts();
  const [giving, setGiving] = useState(false);
  return (
    <>
      <PageHead title={t('delegation.title')}>
        {parts.length > 0 && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setGiving(true)}>
            {t('delegation.give')}
          </Button>
        )}
      </PageHead>
      <div className="stack">
        <p className="faint" style={{ margin: 0 }}>
          {t('delegation.about')}
        </p>
        <Loaded query={delegations} rows={6}>
          {({ items }) => (
            <>
              <DelegationsCard
                title={t('delegation.mine')}
                delegations={items.filter(({ from }) => from.id === me?.id)}
                mine
              />
              <DelegationsCard
                title={t('delegation.toMe')}
                delegations={items.filter(({ to }) => to.id === me?.id)}
              />
            </>
          )}
        </Loaded>
      </div>
      {giving && <GiveDialog parts={parts} onClose={() => setGiving(false)} />}
    </>
  );
}

function DelegationsCard({
  title,
  delegations,
  mine = false,
}: {
  title: string;
  delegations: Delegation[];
  mine?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = new Date();
  return (
    <Card title={title}>
      <Table
        aria-label={title}
        rowKey="id"
        size="middle"
        pagination={false}
        scroll={{ x: 860 }}
        locale={{ emptyText: t('delegation.none') }}
        dataSource={delegations}
        columns={[
          {
            key: 'person',
            title: t(mine ? 'delegation.to' : 'delegation.from'),
            width: 140,
            render: (_, { from, to }) => (mine ? to.name : from.name),
          },
          {
            key: 'part',
            title: t('delegation.part'),
            width: 140,
            render: (_, { part }) => t(`part.${part}`),
          },
          {
            key: 'period',
            title: t('delegation.period'),
            width: 300,
            render: (_, { begin, until }) => (
              <span className="nowrap">
                {t('delegation.fromTo', { begin: format.time(begin), until: format.time(until) })}
              </span>
            ),
          },
          { key: 'reason', title: t('command.reason'), render: (_, { reason }) => reason },
          {
            key: 'standing',
            title: t('application.stateLabel'),
            width: 120,
            render: (_, delegation) => {
              const standing = standingOf(delegation, now);
              return <Tag color={COLOR[standing]}>{t(`delegation.standing.${standing}`)}</Tag>;
            },
          },
          {
            key: 'commands',
            width: 110,
            render: (_, delegation) =>
              mine &&
              ['COMING', 'ACTIVE'].includes(standingOf(delegation, now)) && (
                <RevokeButton delegation={delegation} />
              ),
          },
        ]}
      />
    </Card>
  );
}

function RevokeButton({ delegation }: { delegation: Delegation }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      api<Delegation>(`/delegations/${delegation.id}/revocations`, { method: 'POST', json: {} }),
    onSuccess: () => tell.done(t('delegation.revoked')),
    onError: tell.failed,
    onSettled: () => queries.invalidateQueries({ queryKey: ['/delegations'] }),
  });
  return (
    <Popconfirm
      title={t('delegation.revokeConfirm', { name: delegation.to.name })}
      okText={t('delegation.revoke')}
      cancelText={t('common.cancel')}
      onConfirm={() => revoke.mutate()}
    >
      <Button size="small">{t('delegation.revoke')}</Button>
    </Popconfirm>
  );
}
