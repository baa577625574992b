import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Card, Input, Progress, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { UnitSelect } from '@/features/register/reorganize/UnitSelect';
import type { DeliveryCycle, DeliveryCycles } from '@/shared/api/cycles';
import { api } from '@/shared/api/http';
import { useMe } from '@/shared/api/queries';
import { useFormat, ZONE } from '@/shared/format/useFormat';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { useList } from '@/shared/list/useList';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { CycleList } from './CycleList';

const DAY = 86_400_000;
const DAYS = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** A day of the server's zone, so many days ago: in Beijing it is tomorrow while UTC has yesterday. */
function day(ago: number): string {
  return DAYS.format(new Date(Date.now() - ago * DAY));
}

/** How long deliveries take, in working days, and where those lay that took too long. */
export function CyclesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [search] = useSearchParams();
  const from = search.get('from') ?? day(90);
  const to = search.get('to') ?? day(0);
  const unit = search.get('unit');
  // Of which time and of whom is what the page is about: clearing the list's filters leaves it.
  const list = useList<DeliveryCycle>('/delivery-cycles/applications', {
    sort: '-days',
    fixed: { from, to },
    view: ['from', 'to', 'unit'],
  });
  const query = useQuery({
    queryKey: ['/delivery-cycles', from, to, unit],
    queryFn: ({ signal }) =>
      api<DeliveryCycles>('/delivery-cycles', { query: { from, to, unit }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t('cycle.title')} note={t('cycle.note')}>
        {me.data?.unit === null && (
          <UnitSelect
            allowClear
            width={220}
            label={t('cycle.unit')}
            {...(unit && { value: unit })}
            onChange={(chosen) => list.set({ unit: chosen })}
          />
        )}
        <Input
          type="date"
          aria-label={t('cycle.from')}
          value={from}
          onChange={({ target }) => target.value && list.set({ from: target.value })}
        />
        <Input
          type="date"
          aria-label={t('cycle.to')}
          value={to}
          onChange={({ target }) => target.value && list.set({ to: target.value })}
        />
        <ExportMenu
          path="/delivery-cycles/applications/export"
          query={list.asked}
          name="delivery-cycles"
          disabled={list.total === 0}
        />
      </PageHead>
      <Loaded query={query}>
        {(report) => (
          <div className="stack">
            <Report report={report} />
            <CycleList list={list} report={report} />
          </div>
        )}
      </Loaded>
    </>
  );
}

function Report({ report }: { report: DeliveryCycles }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const all = report.delivered.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      {report.missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('cycle.missing', { years: report.missing.join(t('common.list')) })}
        />
      )}
      <Card title={t('cycle.delivered', { count: all })}>
        <Table
          aria-label={t('cycle.title')}
          size="small"
          rowKey="bucket"
          pagination={false}
          dataSource={report.delivered}
          columns={[
            {
              key: 'bucket',
              title: t('cycle.days'),
              width: 200,
              render: (_, one) => t(`cycle.bucket.${one.bucket}`),
            },
            {
              key: 'count',
              title: t('cycle.count'),
              width: 120,
              align: 'right',
              render: (_, one) => number(one.count),
            },
            {
              key: 'share',
              title: t('cycle.share'),
              render: (_, one) => (
                <Progress
                  aria-label={t(`cycle.bucket.${one.bucket}`)}
                  percent={all > 0 ? Math.round((100 * one.count) / all) : 0}
                  size="small"
                />
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}
