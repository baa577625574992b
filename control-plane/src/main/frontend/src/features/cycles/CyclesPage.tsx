import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Input, Progress, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { DeliveryCycles } from '@/shared/api/cycles';
import { api } from '@/shared/api/http';
import { useFormat, ZONE } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';

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
  const [search, setSearch] = useSearchParams();
  const from = search.get('from') ?? day(90);
  const to = search.get('to') ?? day(0);
  const query = useQuery({
    queryKey: ['/delivery-cycles', from, to],
    queryFn: ({ signal }) =>
      api<DeliveryCycles>('/delivery-cycles', { query: { from, to }, signal }),
  });
  const choose = (changed: { from?: string; to?: string }) =>
    setSearch({ from, to, ...changed }, { replace: true });
  return (
    <>
      <PageHead title={t('cycle.title')} note={t('cycle.note')}>
        <Input
          type="date"
          aria-label={t('cycle.from')}
          value={from}
          onChange={({ target }) => target.value && choose({ from: target.value })}
        />
        <Input
          type="date"
          aria-label={t('cycle.to')}
          value={to}
          onChange={({ target }) => target.value && choose({ to: target.value })}
        />
      </PageHead>
      <Loaded query={query}>{(report) => <Report report={report} />}</Loaded>
    </>
  );
}

function Report({ report }: { report: DeliveryCycles }) {
  const { t } = useTranslation();
  const { number, time } = useFormat();
  const all = report.delivered.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="stack">
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
      <Card title={t('cycle.overdue', { count: report.overdueCount, days: report.within })}>
        <Table
          aria-label={t('cycle.overdue', { count: report.overdueCount, days: report.within })}
          size="small"
          rowKey={({ application }) => application.id}
          dataSource={report.overdue}
          pagination={{ defaultPageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          scroll={{ x: 900 }}
          columns={[
            {
              key: 'application',
              title: t('cycle.application'),
              render: (_, one) => (
                <>
                  <Link to={`/applications/${one.application.id}`}>{one.application.number}</Link>
                  <div className="faint">{one.purpose}</div>
                </>
              ),
            },
            { key: 'unit', title: t('cycle.unit'), render: (_, one) => one.unitName },
            {
              key: 'submittedAt',
              title: t('cycle.submittedAt'),
              render: (_, one) => <span className="nowrap">{time(one.submittedAt)}</span>,
            },
            {
              key: 'deliveredAt',
              title: t('cycle.deliveredAt'),
              render: (_, one) =>
                one.deliveredAt ? (
                  <span className="nowrap">{time(one.deliveredAt)}</span>
                ) : (
                  <Tag color="error">{t('cycle.notYet')}</Tag>
                ),
            },
            {
              key: 'days',
              title: t('cycle.days'),
              align: 'right',
              render: (_, one) => number(one.days),
            },
            {
              key: 'reason',
              title: t('cycle.reason'),
              render: (_, one) =>
                one.longest
                  ? t('cycle.stay', {
                      state: t(`application.state.${one.longest.state}`),
                      days: one.longest.days,
                    })
                  : t('common.none'),
            },
          ]}
        />
      </Card>
    </div>
  );
}
