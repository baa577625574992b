import { Card, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClusterSelect } from '@/features/clusters/ClusterSelect';
import { MIGRATION_STATES, type Migration, type MigrationState } from '@/shared/api/hosts';
import { useHostChanges } from '@/shared/api/useChanges';
import { useFormat } from '@/shared/format/useFormat';
import { FilterCheckbox, FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';

const COLOR: Record<MigrationState, string> = {
  WAITING: 'warning',
  CLOSING: 'processing',
  CLOSED: 'processing',
  GRANTED: 'processing',
  MOVING: 'blue',
  RELEASING: 'processing',
  ENDED: 'default',
};

/** Hosts that are moved while they run, and what their second launchers cost the infrastructure. */
export function MigrationsPage() {
  const { t } = useTranslation();
  const list = useList<Migration>('/migrations');
  useHostChanges();
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('migration.title')} note={t('migration.note')} />
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('migration.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <ClusterSelect
            value={list.filters['cluster']}
            onChange={(cluster) => list.set({ cluster })}
          />
          <FilterSelect
            list={list}
            name="state"
            label={t('migration.stateLabel')}
            width={170}
            options={MIGRATION_STATES.map((state) => ({
              value: state,
              label: t(`migration.state.${state}`),
            }))}
          />
          <FilterCheckbox list={list} name="underWay">
            {t('migration.underWay')}
          </FilterCheckbox>
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={({ id }) => id}
          name={t('migration.title')}
          width={940}
        />
      </Card>
    </>
  );
}

function useColumns(): TableColumnsType<Migration> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'host',
      title: t('host.name'),
      sorter: true,
      width: 150,
      render: (_, { host, system }) => (
        <>
          <Link className="code" to={`/hosts/${host.id}`}>
            {host.name}
          </Link>
          <div>
            <Link to={`/systems/${system.id}`}>{system.name}</Link>
          </div>
        </>
      ),
    },
    {
      key: 'cluster',
      title: t('host.placement'),
      width: 130,
      render: (_, { cluster, namespace }) => (
        <>
          {cluster}
          <div className="faint code">{namespace}</div>
        </>
      ),
    },
    {
      key: 'nodes',
      title: t('migration.nodes'),
      width: 150,
      render: (_, { from, to }) => (
        <span className="code">
          {from ?? t('migration.unknown')} → {to ?? t('migration.unknown')}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('migration.stateLabel'),
      width: 120,
      render: (_, { state, reason }) => (
        <>
          <Tag color={COLOR[state]}>{t(`migration.state.${state}`)}</Tag>
          {reason && <div className="faint">{reason}</div>}
        </>
      ),
    },
    {
      key: 'surge',
      title: t('migration.surge'),
      width: 140,
      render: (_, { surge, charged }) => (
        <>
          {Object.entries(surge).map(([resource, amount]) => (
            <div key={resource} className="nowrap">
              {format.exact(resource, amount)}
            </div>
          ))}
          <div className="faint">{t(charged ? 'migration.charged' : 'migration.notCharged')}</div>
        </>
      ),
    },
    {
      key: 'since',
      title: t('migration.since'),
      sorter: true,
      width: 125,
      render: (_, { since }) => <span className="nowrap">{format.time(since)}</span>,
    },
    {
      key: 'orderedAt',
      title: t('migration.orderedAt'),
      sorter: true,
      width: 125,
      render: (_, { orderedAt }) => <span className="nowrap">{format.time(orderedAt)}</span>,
    },
  ];
}
