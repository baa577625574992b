import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { RankedUnit } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { GradeTag } from '@/shared/ui/tags';
import { UnitLink } from './UnitLink';
import type { Shown } from './VersionSelect';
import { ViewTable } from './ViewTable';

/** The last twenty of a board, whoever ties with the twentieth among them. */
export function LowestTab({
  month,
  board,
  pool,
  version,
}: Pick<Shown, 'month' | 'board' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const { number, percent, decimal } = useFormat();
  const query = useQuery({
    queryKey: ['rankings', month, 'lowest', board, pool, version],
    queryFn: ({ signal }) =>
      api<{ items: RankedUnit[] }>(`/rankings/${month}/lowest`, {
        query: { board, pool, n: 20, version },
        signal,
      }),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <ViewTable
          name={t('ranking.lowest')}
          rows={items}
          rowKey={({ unit }) => unit.id}
          columns={[
            {
              key: 'rank',
              title: t('ranking.rank'),
              figure: true,
              render: (x) => (
                <>
                  {x.tied && <Tag variant="filled">{t('ranking.tied')}</Tag>}
                  {number(x.rank)}
                </>
              ),
            },
            {
              key: 'unit',
              title: t('ranking.unit'),
              render: (x) => <UnitLink month={month} unit={x.unit} pool={pool} version={version} />,
            },
            {
              key: 'score',
              title: t('ranking.score'),
              figure: true,
              render: (x) => (
                <>
                  {decimal(x.score)} <GradeTag grade={x.grade} />
                </>
              ),
            },
            { key: 'cpu', title: t('ranking.cpu'), figure: true, render: (x) => percent(x.cpu) },
            {
              key: 'memory',
              title: t('ranking.memory'),
              figure: true,
              render: (x) => percent(x.memory),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
