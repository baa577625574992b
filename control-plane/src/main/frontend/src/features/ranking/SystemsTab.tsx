import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { RankedSystem } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { UnitLink } from './UnitLink';
import type { Shown } from './VersionSelect';
import { ViewTable } from './ViewTable';

type Ends = 'LOW' | 'HIGH';
type Measure = 'CPU' | 'MEMORY';

/** Business systems outside the band, by value. */
export function SystemsTab({ month, pool, version }: Pick<Shown, 'month' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const may = useMay();
  const { number, percent } = useFormat();
  const [band, setBand] = useState<Ends>('LOW');
  const [measure, setMeasure] = useState<Measure>('CPU');
  const query = useQuery({
    queryKey: ['rankings', month, 'systems', band, measure, pool, version],
    queryFn: ({ signal }) =>
      api<{ items: RankedSystem[] }>(`/rankings/${month}/systems`, {
        query: { band, measure, pool, version },
        signal,
      }),
  });
  return (
    <>
      <div className="filters">
        <Segmented<Ends>
          aria-label={t('ranking.bandLabel')}
          value={band}
          onChange={setBand}
          options={(['LOW', 'HIGH'] as const).map((one) => ({
            value: one,
            label: t(`ranking.band.${one}`),
          }))}
        />
        <Segmented<Measure>
          aria-label={t('ranking.measure')}
          value={measure}
          onChange={setMeasure}
          options={(['CPU', 'MEMORY'] as const).map((one) => ({
            value: one,
            label: t(`ranking.boards.${one}`),
          }))}
        />
      </div>
      <Loaded query={query}>
        {({ items }) => (
          <ViewTable
            name={t('ranking.systems')}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'system',
                title: t('common.system'),
                render: (x) =>
                  may('REGISTER_READ') ? <Link to={`/systems/${x.id}`}>{x.name}</Link> : x.name,
              },
              {
                key: 'unit',
                title: t('ranking.unit'),
                render: (x) => (
                  <UnitLink month={month} unit={x.unit} pool={pool} version={version} />
                ),
              },
              { key: 'cpu', title: t('ranking.cpu'), figure: true, render: (x) => percent(x.cpu) },
              {
                key: 'memory',
                title: t('ranking.memory'),
                figure: true,
                render: (x) => percent(x.memory),
              },
              {
                key: 'hosts',
                title: t('ranking.measuredHosts'),
                figure: true,
                render: (x) => (
                  <UnitLink month={month} unit={x.unit} pool={pool} version={version} system={x.id}>
                    {`${number(x.measuredHosts)} / ${number(x.hosts)}`}
                  </UnitLink>
                ),
              },
              {
                key: 'vcpu',
                title: t('ranking.vcpu'),
                figure: true,
                render: (x) => number(x.vcpu),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
