import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ResourceSelect, USUAL_RESOURCE } from '@/features/quota/ResourceSelect';
import type { ClusterCommandKind, MemberCluster, MemberState } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { Permission } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ClusterDialog } from './ClusterDialog';

const COLOR: Record<MemberState, string> = {
  ACTIVE: 'green',
  FENCED: 'gold',
  WRITTEN_OFF: 'red',
  READMITTING: 'processing',
};

/** What can be said of a cluster in each state, and who may say it. */
const COMMANDS: Record<MemberState, { kind: ClusterCommandKind; needs: Permission }[]> = {
  ACTIVE: [{ kind: 'FENCE', needs: 'CLUSTER_FENCE' }],
  FENCED: [
    { kind: 'READMIT', needs: 'CLUSTER_READMIT' },
    { kind: 'WRITE_OFF', needs: 'CLUSTER_WRITE_OFF' },
  ],
  WRITTEN_OFF: [{ kind: 'READMIT', needs: 'CLUSTER_READMIT' }],
  READMITTING: [{ kind: 'FENCE', needs: 'CLUSTER_FENCE' }],
};

/** The member clusters: whether they answer, what is charged for them, and what was said of them. */
export function ClustersPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>(USUAL_RESOURCE);
  const clusters = useQuery({
    queryKey: ['/clusters'],
    queryFn: ({ signal }) => api<{ items: MemberCluster[] }>('/clusters', { signal }),
    refetchInterval: 15_000,
  });
  return (
    <>
      <PageHead title={t('cluster.title')} />
      <Card>
        <Loaded query={clusters}>
          {({ items }) => {
            const codes = [...new Set(items.flatMap(({ committed }) => Object.keys(committed)))];
            const resource = codes.includes(chosen) ? chosen : (codes[0] ?? USUAL_RESOURCE);
            return items.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cluster.empty')} />
            ) : (
              <>
                <div className="filters">
                  <ResourceSelect
                    codes={codes.length > 0 ? codes : [USUAL_RESOURCE]}
                    value={resource}
                    onChange={(code) => setChosen(code ?? USUAL_RESOURCE)}
                  />
                </div>
                <ClusterTable clusters={items} resource={resource} />
              </>
            );
          }}
        </Loaded>
      </Card>
    </>
  );
}

function ClusterTable({ clusters, resource }: { clusters: MemberCluster[]; resource: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [asked, setAsked] = useState<{ name: string; kind: ClusterCommandKind } | null>(null);
  return (
    <>
      <Table<MemberCluster>
        aria-label={t('cluster.title')}
        size="middle"
        rowKey="name"
        pagination={false}
        scroll={{ x: 940 }}
        dataSource={clusters}
        columns={[
          {
            key: 'name',
            title: t('cluster.name'),
            width: 170,
            render: (_, cluster) => (
              <>
                <span className="code">{cluster.name}</span>
                {cluster.simulated && <div className="faint">{t('cluster.simulated')}</div>}
              </>
            ),
          },
          {
            key: 'health',
            title: t('cluster.health'),
            width: 110,
            render: (_, { connected, reachable }) => (
              <Tag color={reachable ? 'green' : connected ? 'red' : 'default'}>
                {reachable
                  ? t('cluster.reachable')
                  : connected
                    ? t('cluster.unreachable')
                    : t('cluster.notConnected')}
              </Tag>
            ),
          },
          {
            key: 'state',
            title: t('cluster.stateLabel'),
            width: 150,
            render: (_, cluster) => (
              <>
                <Tag color={COLOR[cluster.state]}>{t(`cluster.state.${cluster.state}`)}</Tag>
                {cluster.state !== 'ACTIVE' && (
                  <div className="faint nowrap">{format.time(cluster.since)}</div>
                )}
                {cluster.lastCommand && (
                  <div className="faint ellipsis" title={cluster.lastCommand.reason}>
                    {t('cluster.saidBy', {
                      name: cluster.lastCommand.by.name,
                      reason: cluster.lastCommand.reason,
                    })}
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'pools',
            title: t('application.pool'),
            render: (_, { pools }) =>
              pools.length === 0
                ? t('common.none')
                : pools.map((pool) => <div key={pool}>{format.pool(pool)}</div>),
          },
          {
            key: 'leases',
            title: t('cluster.leases'),
            width: 80,
            align: 'right',
            render: (_, { leases }) => format.number(leases),
          },
          {
            key: 'committed',
            title: (
              <>
                {t('cluster.committed')}
                <div className="below">{t('cluster.used')}</div>
              </>
            ),
            width: 112,
            align: 'right',
            render: (_, { committed, used }) => (
              <span className="nowrap">
                {format.amount(resource, committed[resource] ?? 0)}
                <div className="below">{format.amount(resource, used[resource] ?? 0)}</div>
              </span>
            ),
          },
          {
            key: 'debt',
            title: t('cluster.debt'),
            width: 90,
            align: 'right',
            render: (_, { debt }) => (
              <span className="nowrap">{format.amount(resource, debt[resource] ?? 0)}</span>
            ),
          },
          {
            key: 'commands',
            title: t('cluster.commands'),
            width: 120,
            render: (_, { name, state }) =>
              COMMANDS[state]
                .filter(({ needs }) => may(needs))
                .map(({ kind }) => (
                  <div key={kind}>
                    <Button
                      size="small"
                      type="link"
                      danger={kind !== 'READMIT'}
                      style={{ paddingInline: 0 }}
                      onClick={() => setAsked({ name, kind })}
                    >
                      {t(`cluster.command.${kind}.open`)}
                    </Button>
                  </div>
                )),
          },
        ]}
      />
      {asked && (
        <ClusterDialog name={asked.name} kind={asked.kind} onClose={() => setAsked(null)} />
      )}
    </>
  );
}
