import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Forecast } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { ViewTable } from './ViewTable';

/** When each pool will be used up, with the method and its error. */
export function ForecastTable({ forecasts }: { forecasts: Forecast[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const beyond = t('ranking.forecast.beyond');
  const growth = ({ resource, growth: of }: Forecast) =>
    of === null ? '—' : (of.perWeek < 0 ? '−' : '') + format.amount(resource, Math.abs(of.perWeek));
  const interval = ({ outcome, earliest, latest }: Forecast) =>
    outcome === 'FORESEEN' || outcome === 'NOT_FORESEEN'
      ? `${earliest ?? beyond} – ${latest ?? beyond}`
      : '—';
  return (
    <div>
      <ViewTable
        name={t('ranking.forecast.title')}
        rows={forecasts}
        rowKey={({ pool, resource }) => `${pool}/${resource}`}
        columns={[
          { key: 'pool', title: t('ranking.pool'), render: (x) => format.pool(x.pool) },
          {
            key: 'resource',
            title: t('ranking.measure'),
            width: 120,
            render: (x) => format.resource(x.resource),
          },
          {
            key: 'taken',
            title: t('ranking.forecast.taken'),
            figure: true,
            render: (x) => format.amount(x.resource, x.taken),
          },
          {
            key: 'capacity',
            title: t('ranking.assigned.capacity'),
            figure: true,
            render: (x) => format.amount(x.resource, x.capacity),
          },
          { key: 'growth', title: t('ranking.forecast.perWeek'), figure: true, render: growth },
          {
            key: 'when',
            title: t('ranking.forecast.when'),
            width: 140,
            render: (x) =>
              x.outcome === 'FORESEEN' ? x.on : t(`ranking.forecast.outcome.${x.outcome}`),
          },
          { key: 'interval', title: t('ranking.forecast.interval'), width: 210, render: interval },
          {
            key: 'error',
            title: t('ranking.forecast.error'),
            figure: true,
            render: ({ error }) =>
              error === null
                ? '—'
                : t('ranking.forecast.errorOf', {
                    percent: error.percent,
                    count: error.forecasts,
                  }),
          },
          {
            key: 'weeks',
            title: t('ranking.forecast.weeks'),
            figure: true,
            width: 70,
            render: (x) => format.number(x.weeks),
          },
        ]}
      />
      <Typography.Text type="secondary">{t('ranking.forecast.method')}</Typography.Text>
    </div>
  );
}
