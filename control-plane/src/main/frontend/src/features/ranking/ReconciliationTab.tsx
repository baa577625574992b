import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Balance } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { ViewTable } from './ViewTable';

const RESOURCE = { VCPU: 'cpuMillis', MEMORY: 'memoryBytes', DISK: 'storageBytes' } as const;
const BASE = { VCPU: 1000, MEMORY: 1, DISK: 1 } as const;

/** Whether what was allocated adds up from the month before; what does not is shown. */
export function ReconciliationTab({ month }: { month: string }) {
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
