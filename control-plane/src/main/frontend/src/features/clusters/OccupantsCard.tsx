import { useQuery } from '@tanstack/react-query';
import { Card, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ClusterOccupant, DrainProgress } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';

const CPU = 'cpuMillis';

/** What would have to go before the cluster is empty. */
export function OccupantsCard({ name }: { name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useList<ClusterOccupant>(`/clusters/${name}/occupants`);
  const progress = useQuery({
    queryKey: ['/clusters', name, 'progress'],
    queryFn: ({ signal }) => api<DrainProgress>(`/clusters/${name}/progress`, { signal }),
    refetchInterval: 15_000,
  });
  const done = progress.data;
  return (
    <Card title={t('cluster.occupants')}>
      {done && (
        <div className="filters">
          <Progress
            style={{ width: 220 }}
            percent={done.namespaces === 0 ? 100 : Math.floor((done.empty / done.namespaces) * 100)}
          />
          <span className="faint">
            {t('cluster.progress', {
              empty: format.number(done.empty),
              namespaces: format.number(done.namespaces),
              hosts: format.number(done.hosts),
            })}
          </span>
        </div>
      )}
      <div className="filters">
        <SearchBox
          hint={t('register.systemSearchHint')}
          value={list.filters['q'] ?? ''}
          onSearch={(q) => list.set({ q })}
        />
      </div>
      <ListTable
        list={list}
        rowKey={(occupant) => occupant.namespace}
        name={t('cluster.occupants')}
        width={860}
        columns={[
          {
            key: 'system',
            title: t('application.system'),
            render: (_, occupant) => (
              <>
                <Link to={`/systems/${occupant.system}`}>{occupant.name}</Link>
                <div className="faint">{occupant.unitName}</div>
              </>
            ),
          },
          {
            key: 'namespace',
            title: t('cluster.namespace'),
            render: (_, { namespace, pool }) => (
              <>
                <span className="code">{namespace}</span>
                <div className="faint">{format.pool(pool)}</div>
              </>
            ),
          },
          {
            key: 'hosts',
            title: t('cluster.hosts'),
            align: 'right',
            render: (_, { hosts, system }) =>
              hosts === 0 ? (
                format.number(0)
              ) : (
                <Link to={`/hosts?system=${system}`}>{format.number(hosts)}</Link>
              ),
          },
          {
            key: 'charged',
            title: t('cluster.committed'),
            align: 'right',
            render: (_, { charged }) => format.amount(CPU, charged[CPU] ?? 0),
          },
          {
            key: 'used',
            title: t('cluster.used'),
            align: 'right',
            render: (_, { used }) => format.amount(CPU, used[CPU] ?? 0),
          },
        ]}
      />
    </Card>
  );
}
