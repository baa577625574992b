import { useQuery } from '@tanstack/react-query';
import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import { useRankingMonths } from '@/shared/api/queries';
import type { Ranking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { GradeTag } from '@/shared/ui/tags';

const TOP = 5;

/** The five best of the latest month; a tie at the fifth place belongs to them. */
export function RankingCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const months = useRankingMonths();
  const month = months.data?.items
    .map((one) => one.month)
    .sort()
    .at(-1);
  const ranking = useQuery({
    queryKey: ['rankings', month, 'SCORE', 'all'],
    queryFn: ({ signal }) =>
      api<Ranking>(`/rankings/${month ?? ''}`, { query: { board: 'SCORE', pool: 'all' }, signal }),
    enabled: month !== undefined,
  });
  return (
    <Card
      title={
        month
          ? t('overview.rankingTop', { month: format.month(month) })
          : t('overview.rankingTopUnknown')
      }
      extra={month && <Link to="/rankings">{t('overview.openRanking')}</Link>}
    >
      {months.isSuccess && month === undefined ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('overview.noRanking')} />
      ) : (
        <Loaded query={ranking}>
          {({ ranked }) =>
            ranked.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ranking.empty')} />
            ) : (
              <ol className="rows">
                {ranked
                  .filter(({ rank }) => rank <= TOP)
                  .map((one) => (
                    <li key={one.unit.id}>
                      <span className={one.rank <= 3 ? 'rank-mark first' : 'rank-mark'}>
                        {format.number(one.rank)}
                      </span>
                      <span className="grow ellipsis">{one.unit.name}</span>
                      <strong>{t('units.points', { value: one.score })}</strong>
                      <GradeTag grade={one.grade} />
                    </li>
                  ))}
              </ol>
            )
          }
        </Loaded>
      )}
    </Card>
  );
}
