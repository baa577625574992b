import { useQuery } from '@tanstack/react-query';
import { Alert, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Balance, PoolStanding, Reconciliation } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { ForecastTable } from './ForecastTable';
import type { Shown } from './VersionSelect';
import { ViewTable } from './ViewTable';

const RESOURCE = { VCPU: 'cpuMillis', MEMORY: 'memoryBytes', DISK: 'storageBytes' } as const;
const BASE = { VCPU: 1000, MEMORY: 1, DISK: 1 } as const;

/** Whether a month adds up, and how long the pools will last; what does not add up is shown. */
export function ReconciliationTab({ month, version }: Pick<Shown, 'month' | 'version'>) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['rankings', month, 'reconciliation', version],
    queryFn: ({ signal }) =>
      api<Reconciliation>(`/rankings/${month}/reconciliation`, {
        query: { version },
        signal,
      }),
  });
  const asFrozen = version === '' ? t('ranking.asFrozen') : t('ranking.asFrozenIn', { version });
  return (
    <Loaded query={query}>
      {({ frozen, items, pools, delivered, forecasts }) => (
        <div className="stack">
          <Alert
            type={frozen ? 'success' : 'info'}
            showIcon
            title={frozen ? asFrozen : t('ranking.asNow')}
          />
          <Movements items={items} />
          <Typography.Title level={5}>{t('ranking.assigned.title')}</Typography.Title>
          <Assignments pools={pools} />
          <Typography.Title level={5}>{t('ranking.forecast.title')}</Typography.Title>
          <ForecastTable forecasts={forecasts} />
          <Typography.Title level={5}>{t('ranking.deliveries.title')}</Typography.Title>
          <Deliveries delivered={delivered} />
        </div>
      )}
    </Loaded>
  );
}

function Difference({ resource, value }: { resource: string; value: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return value === 0 ? (
    <Tag color="green">{t('ranking.balance.none')}</Tag>
  ) : (
    <Tag color="red">
      {value < 0 ? '−' : '+'}
      {format.exact(resource, Math.abs(value))}
    </Tag>
  );
}

/** Whether what is assigned in each pool adds up to it, as it stood when the month ended. */
function Assignments({ pools }: { pools: PoolStanding[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const column = (
    key: 'units' | 'promised' | 'platform' | 'locked' | 'unassigned' | 'debt' | 'capacity',
    sign = '',
  ) => ({
    key,
    title: t(`ranking.assigned.${key}`),
    figure: true,
    render: (row: PoolStanding) =>
      (row[key] === 0 ? '' : sign) + format.amount(row.resource, row[key]),
  });
  return (
    <ViewTable
      name={t('ranking.assigned.title')}
      rows={pools}
      rowKey={({ pool, resource }) => `${pool}/${resource}`}
      columns={[
        { key: 'pool', title: t('ranking.pool'), render: (x) => format.pool(x.pool) },
        {
          key: 'resource',
          title: t('ranking.measure'),
          width: 120,
          render: (x) => format.resource(x.resource),
        },
        column('units'),
        column('promised'),
        column('platform'),
        column('locked'),
        column('unassigned'),
        // Hardly ever owed, and then by few.
        ...(pools.some(({ debt }) => debt > 0) ? [column('debt', '−')] : []),
        column('capacity'),
        {
          key: 'difference',
          title: t('ranking.balance.difference'),
          figure: true,
          render: (x) => <Difference resource={x.resource} value={x.difference} />,
        },
        {
          key: 'rate',
          title: t('ranking.assigned.rate'),
          figure: true,
          width: 150,
          render: (x) =>
            x.allocated === null
              ? '—'
              : t('ranking.assigned.rates', { now: x.allocated, locked: x.allocatedWithLocked }),
        },
      ]}
    />
  );
}

function Deliveries({ delivered }: { delivered: Reconciliation['delivered'] }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <ViewTable
      name={t('ranking.deliveries.title')}
      rows={delivered}
      rowKey={({ from }) => String(from)}
      columns={[
        {
          key: 'days',
          title: t('ranking.deliveries.days'),
          render: ({ from, to }) =>
            to === null
              ? t('ranking.deliveries.from', { from })
              : t('ranking.deliveries.fromTo', { from, to }),
        },
        {
          key: 'count',
          title: t('ranking.deliveries.count'),
          figure: true,
          render: (x) => number(x.count),
        },
      ]}
    />
  );
}

function Movements({ items }: { items: Balance[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (row: Balance, value: number) =>
    format.amount(RESOURCE[row.measure], value * BASE[row.measure]);
  const column = (
    key: 'before' | 'opened' | 'expanded' | 'shrunk' | 'reclaimed' | 'after',
    sign = '',
  ) => ({
    key,
    title: t(`ranking.balance.${key}`),
    figure: true,
    render: (row: Balance) => (row[key] === 0 ? '' : sign) + amount(row, row[key]),
  });
  return (
    <ViewTable
      name={t('ranking.reconciliation')}
      rows={items}
      rowKey={({ pool, measure }) => `${pool}/${measure}`}
      columns={[
        { key: 'pool', title: t('ranking.pool'), render: (x) => format.pool(x.pool) },
        {
          key: 'measure',
          title: t('ranking.measure'),
          width: 90,
          render: (x) => t(`ranking.balance.measure.${x.measure}`),
        },
        column('before'),
        column('opened', '+'),
        column('expanded', '+'),
        column('shrunk', '−'),
        column('reclaimed', '−'),
        column('after'),
        {
          key: 'difference',
          title: t('ranking.balance.difference'),
          figure: true,
          render: (x) => (
            <Difference resource={RESOURCE[x.measure]} value={x.difference * BASE[x.measure]} />
          ),
        },
      ]}
    />
  );
}
