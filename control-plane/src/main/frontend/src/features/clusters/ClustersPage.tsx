import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ResourceSelect, USUAL_RESOURCE } from '@/features/quota/ResourceSelect';
import type { MemberCluster } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ClusterCommands } from './commands';
import { RegisterDialog } from './RegisterDialog';
import { HealthTag, MemberStateTag, SchedulingTag } from './tags';

/** The member clusters: how they are, what is charged for them, and what was said of them. */
export function ClustersPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [chosen, setChosen] = useState<string>(USUAL_RESOURCE);
  const [registering, setRegistering] = useState(false);
  const clusters = useQuery({
    queryKey: ['/clusters'],
    queryFn: ({ signal }) => api<{ items: MemberCluster[] }>('/clusters', { signal }),
    refetchInterval: 15_000,
  });
  return (
    <>
      <PageHead title={t('cluster.title')}>
        {may('CLUSTER_REGISTER') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setRegistering(true)}>
            {t('cluster.registerOpen')}
          </Button>
        )}
      </PageHead>
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
      {registering && <RegisterDialog onClose={() => setRegistering(false)} />}
    </>
  );
}

function ClusterTable({ clusters, resource }: { clusters: MemberCluster[]; resource: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table<MemberCluster>
      aria-label={t('cluster.title')}
      size="middle"
      rowKey="name"
      pagination={false}
      scroll={{ x: 950 }}
      dataSource={clusters}
      columns={[
        {
          key: 'name',
          title: t('cluster.name'),
          width: 170,
          render: (_, cluster) => (
            <>
              <Link to={`/clusters/${cluster.name}`}>
                {cluster.displayName ?? <span className="code">{cluster.name}</span>}
              </Link>
              {cluster.displayName && <div className="faint code">{cluster.name}</div>}
              {cluster.simulated && <div className="faint">{t('cluster.simulated')}</div>}
            </>
          ),
        },
        {
          key: 'health',
          title: t('cluster.health'),
          width: 150,
          render: (_, { connected, health }) => (
            <>
              {connected || health.symptoms.length > 0 ? (
                <HealthTag status={health.status} />
              ) : (
                <span className="faint">{t('cluster.notConnected')}</span>
              )}
              {health.symptoms[0] && <div className="faint">{health.symptoms[0].text}</div>}
            </>
          ),
        },
        {
          key: 'state',
          title: t('cluster.stateLabel'),
          width: 150,
          render: (_, cluster) => (
            <>
              <MemberStateTag state={cluster.state} />
              <SchedulingTag scheduling={cluster.scheduling} />
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
          key: 'capacity',
          title: (
            <>
              {t('cluster.capacity')}
              <div className="below">{t('cluster.committed')}</div>
            </>
          ),
          width: 124,
          align: 'right',
          render: (_, { capacity, committed }) => (
            <span className="nowrap">
              {capacity
                ? format.amount(resource, capacity.allocatable[resource] ?? 0)
                : t('common.none')}
              <div className="below">{format.amount(resource, committed[resource] ?? 0)}</div>
            </span>
          ),
        },
        {
          key: 'used',
          title: (
            <>
              {t('cluster.used')}
              <div className="below">{t('cluster.debt')}</div>
            </>
          ),
          width: 112,
          align: 'right',
          render: (_, { debt, used }) => (
            <span className="nowrap">
              {format.amount(resource, used[resource] ?? 0)}
              <div className="below">{format.amount(resource, debt[resource] ?? 0)}</div>
            </span>
          ),
        },
        {
          key: 'commands',
          title: t('cluster.commands'),
          width: 110,
          render: (_, cluster) => <ClusterCommands cluster={cluster} />,
        },
      ]}
    />
  );
}
