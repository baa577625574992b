import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { palette } from '@/app/theme';
import { usePools } from '@/shared/api/queries';
import type { Pool, PoolRow } from '@/shared/api/types';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { Legend, UsageBar } from '@/shared/ui/UsageBar';

/** Every pool with what is committed, locked and free. */
export function PoolsCard() {
  const { t } = useTranslation();
  const pools = usePools();
  return (
    <Card
      title={t('overview.pools')}
      extra={<Link to="/pools/forecasts">{t('overview.openForecast')}</Link>}
    >
      <Loaded query={pools} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('overview.noPools')} />
          ) : (
            <>
              <div className="stack" style={{ gap: 22 }}>
                {items.map((pool) => (
                  <PoolBars key={pool.id} pool={pool} />
                ))}
              </div>
              <Legend
                entries={[
                  { text: t('pool.committed'), color: palette.committed },
                  { text: t('pool.locked'), color: palette.locked },
                  { text: t('pool.free'), color: palette.free },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

function PoolBars({ pool }: { pool: Pool }) {
  const format = useFormat();
  return (
    <section aria-label={format.pool(pool.id)}>
      <h3 style={{ margin: '0 0 8px', fontSize: 14 }}>{format.pool(pool.id)}</h3>
      <div className="bars">
        {pool.rows
          .toSorted((a, b) => byResource(a.resource, b.resource))
          .map((row) => (
            <PoolBar key={row.resource} row={row} />
          ))}
      </div>
    </section>
  );
}

function PoolBar({ row }: { row: PoolRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = (value: number) => format.amount(row.resource, value);
  return (
    <UsageBar
      title={format.resource(row.resource)}
      figure={`${t('pool.free')} ${shown(row.free)} / ${shown(row.capacity)}`}
      words={t('pool.bar', {
        resource: format.resource(row.resource),
        capacity: shown(row.capacity),
        committed: shown(row.committed),
        locked: shown(row.locked),
        free: shown(row.free),
      })}
      whole={row.capacity}
      parts={[
        { amount: row.committed, color: palette.committed },
        { amount: row.locked, color: palette.locked },
      ]}
    />
  );
}
