import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ResourceSelect, USUAL_RESOURCE } from '@/features/quota/ResourceSelect';
import type { HealthStatus, MemberCluster } from '@/shared/api/clusters';
import { api, save } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { csv, type Rows } from '@/shared/list/csv';
import { SearchBox } from '@/shared/list/SearchBox';
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
  const [q, setQ] = useState('');
  const rows = useRows();
  const clusters = useQuery({
    queryKey: ['/clusters'],
    queryFn: ({ signal }) => api<{ items: MemberCluster[] }>('/clusters', { signal }),
    refetchInterval: 15_000,
  });
  const meant = (clusters.data?.items ?? []).filter((one) => isMeant(one, q));
  return (
    <>
      <PageHead title={t('cluster.title')}>
        <Button
          icon={<DownloadOutlined />}
          disabled={!clusters.data?.items.length}
          onClick={() => {
            save(csv(rows(meant)), t('cluster.exportName'));
          }}
        >
          {t('list.export')}
        </Button>
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
                  <SearchBox hint={t('cluster.searchHint')} value={q} onSearch={setQ} />
                  <ResourceSelect
                    codes={codes.length > 0 ? codes : [USUAL_RESOURCE]}
                    value={resource}
                    onChange={(code) => setChosen(code ?? USUAL_RESOURCE)}
                  />
                </div>
                <ClusterTable clusters={meant} resource={resource} />
              </>
            );
          }}
        </Loaded>
      </Card>
      {registering && <RegisterDialog onClose={() => setRegistering(false)} />}
    </>
  );
}

/** Whether somebody who searches so means it: by its names, or a pool that it serves. */
function isMeant({ name, displayName, pools }: MemberCluster, q: string) {
  const sought = q.toLowerCase();
  return [name, displayName ?? '', ...pools].some((text) => text.toLowerCase().includes(sought));
}

/** A cluster and resource in each row. */
function useRows() {
  const { t } = useTranslation();
  const format = useFormat();
  return (clusters: MemberCluster[]): Rows => [
    [
      t('cluster.name'),
      t('cluster.displayName'),
      t('cluster.health'),
      t('cluster.stateLabel'),
      t('application.pool'),
      t('quota.resource'),
      t('cluster.capacity'),
      t('cluster.committed'),
      t('cluster.used'),
      t('cluster.debt'),
    ],
    ...clusters.flatMap((one) =>
      [
        ...new Set([
          ...Object.keys(one.capacity?.allocatable ?? {}),
          ...Object.keys(one.committed),
          'cpuMillis',
        ]),
      ]
        .toSorted(byResource)
        .map((code) => [
          one.name,
          one.displayName,
          t(`cluster.status.${one.health.status}`),
          t(`cluster.state.${one.state}`),
          one.pools.map((pool) => format.pool(pool)).join(' · '),
          format.resource(code),
          one.capacity ? format.amount(code, one.capacity.allocatable[code] ?? 0) : null,
          format.amount(code, one.committed[code] ?? 0),
          format.amount(code, one.used[code] ?? 0),
          format.amount(code, one.debt[code] ?? 0),
        ]),
    ),
  ];
}

const WORST: HealthStatus[] = ['UNAVAILABLE', 'DEGRADED', 'UNKNOWN', 'HEALTHY'];

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
          sorter: (one, other) => one.name.localeCompare(other.name),
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
          sorter: (one, other) =>
            WORST.indexOf(one.health.status) - WORST.indexOf(other.health.status),
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
          sorter: (one, other) => (one.committed[resource] ?? 0) - (other.committed[resource] ?? 0),
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
          sorter: (one, other) => (one.used[resource] ?? 0) - (other.used[resource] ?? 0),
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
