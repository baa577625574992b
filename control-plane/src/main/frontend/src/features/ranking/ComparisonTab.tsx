import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Comparison } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { UnitLink } from './UnitLink';
import type { Shown } from './VersionSelect';
import { ViewTable } from './ViewTable';

type With = 'LAST_MONTH' | 'LAST_YEAR';

/** A board beside an earlier one, among those who are ranked in both. */
export function ComparisonTab({
  month,
  board,
  pool,
  version,
}: Pick<Shown, 'month' | 'board' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const { number, decimal } = useFormat();
  const [earlier, setEarlier] = useState<With>('LAST_MONTH');
  const query = useQuery({
    queryKey: ['rankings', month, 'comparison', earlier, board, pool, version],
    queryFn: ({ signal }) =>
      api<Comparison>(`/rankings/${month}/comparison`, {
        query: { with: earlier, board, pool, version },
        signal,
      }),
  });
  return (
    <>
      <div className="filters">
        <Segmented<With>
          aria-label={t('ranking.comparison')}
          value={earlier}
          onChange={setEarlier}
          options={(['LAST_MONTH', 'LAST_YEAR'] as const).map((one) => ({
            value: one,
            label: t(`ranking.with.${one}`),
          }))}
        />
      </div>
      <Loaded query={query}>
        {({ items, state }) => (
          <ViewTable
            name={t('ranking.comparison')}
            rows={items}
            rowKey={({ unit }) => unit.id}
            empty={t(`ranking.comparable.${state}`)}
            columns={[
              {
                key: 'rank',
                title: t('ranking.rank'),
                figure: true,
                render: (x) => number(x.rank),
              },
              {
                key: 'earlierRank',
                title: t('ranking.earlierRank'),
                figure: true,
                render: (x) => number(x.earlierRank),
              },
              {
                key: 'unit',
                title: t('ranking.unit'),
                render: (x) => (
                  <UnitLink month={month} unit={x.unit} pool={pool} version={version} />
                ),
              },
              {
                key: 'value',
                title: t(`ranking.boards.${board}`),
                figure: true,
                render: (x) => decimal(x.value),
              },
              {
                key: 'earlier',
                title: t('ranking.earlierValue'),
                figure: true,
                render: (x) => decimal(x.earlierValue),
              },
              {
                key: 'points',
                // A score is in points, use in percent.
                title: t(board === 'SCORE' ? 'ranking.points' : 'ranking.percentagePoints'),
                figure: true,
                render: (x) => (x.points.startsWith('-') ? x.points : `+${x.points}`),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
