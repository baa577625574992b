import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { RankedCity } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { useCities } from './CityFilter';
import type { Shown } from './VersionSelect';
import { ViewTable } from './ViewTable';

/** What the overall use is weighed of. */
const PARTS = ['cpu', 'memory', 'disk'] as const;
/** Two decimals are told apart by a number all the same; what is shown stays the text. */
const numeric = (value: string | null) => (value === null ? null : Number(value));

/** Cities beside each other: overall use of the cloud, business systems on it, units served. */
export function CitiesTab({ month, pool, version }: Pick<Shown, 'month' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const placed = (value: string, rank: number | null) =>
    rank === null ? value : t('ranking.placed', { value, rank: number(rank) });
  const query = useCities({ month, pool, version });
  const [search] = useSearchParams();
  /** The board of the units that lie in a city. */
  const unitsOf = (city: string) => {
    const there = new URLSearchParams(search);
    there.set('city', city);
    there.delete('tab');
    return `?${there.toString()}`;
  };
  return (
    <Loaded query={query}>
      {({ items }) => (
        <ViewTable
          name={t('ranking.cities')}
          rows={items}
          rowKey={({ city }) => city}
          columns={[
            {
              key: 'city',
              title: t('ranking.city'),
              render: (x) => <Link to={unitsOf(x.city)}>{x.name ?? x.city}</Link>,
            },
            {
              key: 'overall',
              title: t('ranking.overall'),
              figure: true,
              width: 160,
              sortBy: (x) => numeric(x.overall),
              render: (x) => placed(percent(x.overall), x.overallRank),
            },
            ...PARTS.map((part) => ({
              key: part,
              title: t(`ranking.${part}`),
              figure: true,
              width: 100,
              sortBy: (x: RankedCity) => numeric(x[part]),
              render: (x: RankedCity) => percent(x[part]),
            })),
            {
              key: 'systems',
              title: t('ranking.systemsOnCloud'),
              figure: true,
              width: 160,
              sortBy: (x) => x.systems,
              render: (x) => placed(number(x.systems), x.systemsRank),
            },
            {
              key: 'units',
              title: t('ranking.unitsServed'),
              figure: true,
              width: 140,
              sortBy: (x) => x.units,
              render: (x) => placed(number(x.units), x.unitsRank),
            },
            {
              key: 'hosts',
              title: t('ranking.hosts'),
              figure: true,
              sortBy: (x) => x.hosts,
              render: (x) => number(x.hosts),
            },
            {
              key: 'vcpu',
              title: t('ranking.vcpu'),
              figure: true,
              sortBy: (x) => x.vcpu,
              render: (x) => number(x.vcpu),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
