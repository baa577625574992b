import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Forecast } from '@/shared/api/ranking';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ForecastTable } from './ForecastTable';

/** How long each pool will last, by what was taken of it until now. */
export function ForecastPage() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['pools', 'forecasts'],
    queryFn: ({ signal }) => api<{ items: Forecast[] }>('/pools/forecasts', { signal }),
  });
  return (
    <>
      <PageHead
        title={t('ranking.forecast.pools')}
        back="/"
        note={t('ranking.forecast.untilNow')}
      />
      <Card>
        <Loaded query={query} rows={8}>
          {({ items }) => <ForecastTable forecasts={items} />}
        </Loaded>
      </Card>
    </>
  );
}
