import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '@/shared/api/http';
import type { HourOfHost } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ViewTable } from './ViewTable';

const HUNDREDTHS = 100;

/** A host's hours in a month, each with its five-minute samples. */
export function HoursPage() {
  const { t } = useTranslation();
  const { number, time, month: monthName } = useFormat();
  const { month = '', id = '' } = useParams();
  const query = useQuery({
    queryKey: ['rankings', month, 'hosts', id],
    queryFn: ({ signal }) =>
      api<{ items: HourOfHost[] }>(`/rankings/${month}/hosts/${id}/hours`, { signal }),
  });
  const samples = (values: (number | null)[]) =>
    values
      .map((value) => (value === null ? t('common.none') : (value / HUNDREDTHS).toFixed(2)))
      .join('  ');
  return (
    <>
      <PageHead
        title={t('ranking.hoursOf')}
        back={`/rankings?month=${month}`}
        note={monthName(month)}
      />
      <Card>
        <Loaded query={query} rows={12}>
          {({ items }) => (
            <ViewTable
              name={t('ranking.hoursOf')}
              rows={items}
              rowKey={({ hour }) => hour}
              columns={[
                { key: 'hour', title: t('ranking.hour'), render: (x) => time(x.hour) },
                {
                  key: 'samples',
                  title: t('ranking.samples'),
                  figure: true,
                  width: 90,
                  render: (x) => number(x.samples),
                },
                {
                  key: 'quarantined',
                  title: t('ranking.quarantined'),
                  figure: true,
                  width: 90,
                  render: (x) => number(x.quarantined),
                },
                {
                  key: 'cpu',
                  title: t('ranking.cpuSamples'),
                  width: 420,
                  render: (x) => <span className="code">{samples(x.cpu)}</span>,
                },
                {
                  key: 'memory',
                  title: t('ranking.memorySamples'),
                  width: 420,
                  render: (x) => <span className="code">{samples(x.memory)}</span>,
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </>
  );
}
