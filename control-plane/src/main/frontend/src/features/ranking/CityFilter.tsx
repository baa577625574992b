import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { RankedCity } from '@/shared/api/ranking';
import type { Shown } from './VersionSelect';

const CITY_DIGITS = 4;
/** A county's code, and those of its towns and their villages. */
const REGION = /^[0-9]{6}([0-9]{3}){0,2}$/;

/** Whether a region is in a city's row: its county lies there, or it is a row of its own. */
export function liesIn(region: string, city: string): boolean {
  return region === city || (REGION.test(region) && `${region.slice(0, CITY_DIGITS)}00` === city);
}

type Board = Pick<Shown, 'month' | 'pool' | 'version'>;

export function useCities({ month, pool, version }: Board) {
  return useQuery({
    queryKey: ['rankings', month, 'cities', pool, version],
    queryFn: ({ signal }) =>
      api<{ items: RankedCity[] }>(`/rankings/${month}/cities`, {
        query: { pool, version },
        signal,
      }),
  });
}

/** Of which city alone units are shown. */
export function CityFilter({
  city,
  onClose,
  ...board
}: Board & { city: string; onClose: () => void }) {
  const { t } = useTranslation();
  const cities = useCities(board);
  const name = cities.data?.items.find((one) => one.city === city)?.name ?? city;
  return (
    <Tag closable onClose={onClose}>
      {t('ranking.onlyCity', { city: name })}
    </Tag>
  );
}
