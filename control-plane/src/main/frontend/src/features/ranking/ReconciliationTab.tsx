import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { usePools } from '@/shared/api/queries';
import type { Balance } from '@/shared/api/ranking';
import type { PoolRow } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { ViewTable } from './ViewTable';

const RESOURCE = { VCPU: 'cpuMillis', MEMORY: 'memoryBytes', DISK: 'storageBytes' } as const;
const BASE = { VCPU: 1000, MEMORY: 1, DISK: 1 } as const;

/** Whether what was allocated adds up from the month before; what does not is shown. */
export function ReconciliationTab({ month }: { month: string }) {
  return (
    <div className="stack">
      <Movements month={month} />
      <Assignments />
    </div>
  );
}

interface Assigned extends PoolRow {
  pool: string;
  difference: number;
}

/** Whether what is assigned in each pool adds up to it, as it stands now. */
function Assignments() {
  const { t } = useTranslation();
  const format = useFormat();
  const pools = usePools();
  const column = (key: 'capacity' | 'committed' | 'locked' | 'free') => ({
    key,
    title: t(`ranking.assigned.${key}`),
    figure: true,
    render: (row: Assigned) => format.amount(row.resource, row[key]),
  });
  return (
    <Loaded query={pools}>
      {({ items }) => (
        <ViewTable<Assigned>
          name={t('ranking.assigned.title')}
          rows={items.flatMap(({ id, rows }) =>
            rows.map((row) => ({
              ...row,
              pool: id,
              difference: row.capacity - row.committed - row.locked - row.free,
            })),
          )}
          rowKey={({ pool, resource }) => `${pool}/${resource}`}
          columns={[
            { key: 'pool', title: t('ranking.pool'), render: (x) => format.pool(x.pool) },
            {
              key: 'resource',
              title: t('ranking.measure'),
              width: 120,
              render: (x) => format.resource(x.resource),
            },
            column('committed'),
            column('locked'),
            column('free'),
            column('capacity'),
            {
              key: 'difference',
              title: t('ranking.balance.difference'),
              figure: true,
              render: (x) =>
                x.difference === 0 ? (
                  <Tag color="green">{t('ranking.balance.none')}</Tag>
                ) : (
                  <Tag color="red">
                    {x.difference < 0 ? '−' : '+'}
                    {format.amount(x.resource, Math.abs(x.difference))}
                  </Tag>
                ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}

function Movements({ month }: { month: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({
    queryKey: ['rankings', month, 'reconciliation'],
    queryFn: ({ signal }) =>
      api<{ items: Balance[] }>(`/rankings/${month}/reconciliation`, { signal }),
  });
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
    <Loaded query={query}>
      {({ items }) => (
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
              render: (x) =>
                x.difference === 0 ? (
                  <Tag color="green">{t('ranking.balance.none')}</Tag>
                ) : (
                  <Tag color="red">
                    {x.difference < 0 ? '−' : '+'}
                    {amount(x, Math.abs(x.difference))}
                  </Tag>
                ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
