import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Card, Table, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { palette } from '@/app/theme';
import { QuotaTable } from '@/features/quota/QuotaTable';
import { api } from '@/shared/api/http';
import type { Application, Outlook, OutlookRaise, OutlookRow } from '@/shared/api/applications';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { Legend, UsageBar } from '@/shared/ui/UsageBar';
import { useDebounced } from '@/shared/ui/useDebounced';
import { useProblemText } from '@/shared/ui/useProblemText';
import { CutFields, type Cut } from './CutFields';

/** What an approval would leave in the pool and at each level, this one and all locked ones. */
export function OutlookCard({ application }: { application: Application }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useProblemText();
  const [cuts, setCuts] = useState<Cut[]>([]);
  const cut = useDebounced(cutText(cuts), 400);
  const outlook = useQuery({
    queryKey: ['/applications', application.id, 'outlook', application.version, cut],
    queryFn: ({ signal }) =>
      api<Outlook>(`/applications/${application.id}/outlook`, { query: { cut }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <Card title={t('outlook.title')}>
      <CutFields application={application} label={t('outlook.tryLess')} onChange={setCuts} />
      {outlook.isError && <Alert type="warning" showIcon title={textOf(outlook.error).detail} />}
      <Loaded query={outlook} rows={6}>
        {(data) => (
          <Tabs
            items={[
              ...(data.raise.length > 0
                ? [
                    {
                      key: 'raise',
                      label: t('outlook.raise'),
                      children: <RaiseOutlook rows={data.raise} />,
                    },
                  ]
                : []),
              {
                key: 'pool',
                label: t('outlook.pool', { pool: format.pool(data.pool.id) }),
                children: <PoolOutlook rows={data.rows} />,
              },
              {
                key: 'path',
                label: t('outlook.path'),
                children: <QuotaTable path={data.path} withOrder />,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

/** What the limits of the unit become, and whether the levels above can promise that. */
function RaiseOutlook({ rows }: { rows: OutlookRaise[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const short = rows.filter(({ missing }) => missing > 0);
  const limits = (resource: string, guaranteed: number, ceiling: number | null) =>
    t('outlook.limits', {
      guaranteed: format.amount(resource, guaranteed),
      ceiling: ceiling === null ? t('quota.noCeiling') : format.amount(resource, ceiling),
    });
  return (
    <div className="stack">
      <Alert
        showIcon
        type={short.length > 0 ? 'error' : 'success'}
        title={
          short.length > 0
            ? t('outlook.raiseShort', {
                resources: short
                  .map(({ resource, missing }) => format.named(resource, missing))
                  .join(t('common.list')),
              })
            : t('outlook.raiseFits')
        }
      />
      <Table
        aria-label={t('outlook.raise')}
        size="small"
        rowKey="resource"
        pagination={false}
        dataSource={rows}
        columns={[
          {
            key: 'resource',
            title: t('outlook.resource'),
            render: (_, { resource }) => format.resource(resource),
          },
          {
            key: 'now',
            title: t('outlook.raiseNow'),
            render: (_, row) => limits(row.resource, row.guaranteed, row.ceiling),
          },
          {
            key: 'after',
            title: t('outlook.raiseAfter'),
            render: (_, row) => limits(row.resource, row.guaranteedAfter, row.ceilingAfter),
          },
        ]}
      />
    </div>
  );
}

/** As the server reads it: an item each, in one parameter. */
function cutText(cuts: Cut[]): string {
  return cuts
    .map(({ position, count, vcpu, memoryGib, storageGib, extras }) =>
      [position, count, vcpu, memoryGib, storageGib, ...extrasText(extras)].join(':'),
    )
    .join(',');
}

/** What is left of each, or that nothing is; without extras there is nothing to say. */
function extrasText(extras: Cut['extras']): string[] {
  const left = Object.entries(extras ?? {}).filter(([, amount]) => amount > 0);
  return extras && left.length === 0
    ? ['-']
    : left.map(([resource, amount]) => `${resource}=${amount}`);
}

function PoolOutlook({ rows }: { rows: OutlookRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sorted = rows.toSorted((a, b) => byResource(a.resource, b.resource));
  const short = sorted.filter(({ freeAfterAllLocked }) => freeAfterAllLocked < 0);
  const amount = (row: OutlookRow, value: number) => (
    <span className="nowrap" style={value < 0 ? { color: palette.bad, fontWeight: 600 } : {}}>
      {format.amount(row.resource, value)}
    </span>
  );
  const column = (key: Exclude<keyof OutlookRow, 'resource'>, title: string) => ({
    key,
    title,
    align: 'right' as const,
    render: (_: unknown, row: OutlookRow) => amount(row, row[key]),
  });
  return (
    <div className="stack">
      <Alert
        showIcon
        type={short.length > 0 ? 'warning' : 'success'}
        title={
          short.length > 0
            ? t('outlook.tight', {
                resources: short
                  .map(({ resource }) => format.resource(resource))
                  .join(t('common.list')),
              })
            : t('outlook.fits')
        }
      />
      <div className="bars">
        {sorted.map((row) => (
          <OutlookBar key={row.resource} row={row} />
        ))}
      </div>
      <Legend
        entries={[
          { text: t('outlook.committed'), color: palette.committed },
          { text: t('outlook.thisOrder'), color: palette.order },
          { text: t('pool.locked'), color: palette.locked },
          { text: t('pool.free'), color: palette.free },
        ]}
      />
      <Table
        aria-label={t('outlook.title')}
        size="small"
        rowKey="resource"
        pagination={false}
        scroll={{ x: 900 }}
        dataSource={sorted}
        columns={[
          {
            key: 'resource',
            title: t('outlook.resource'),
            render: (_, row) => format.resource(row.resource),
          },
          column('capacity', t('outlook.capacity')),
          column('committed', t('outlook.committed')),
          column('locked', t('outlook.locked')),
          column('thisOrder', t('outlook.thisOrder')),
          column('freeNow', t('outlook.freeNow')),
          column('freeAfterThis', t('outlook.freeAfterThis')),
          column('freeAfterAllLocked', t('outlook.freeAfterAllLocked')),
        ]}
      />
    </div>
  );
}

function OutlookBar({ row }: { row: OutlookRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  // The order under review is among the locked ones; it is drawn apart from them.
  const others = Math.max(0, row.locked - row.thisOrder);
  const shown = (value: number) => format.amount(row.resource, value);
  return (
    <UsageBar
      title={format.resource(row.resource)}
      figure={`${t('outlook.thisOrder')} ${shown(row.thisOrder)} · ${t('outlook.freeAfterAllLocked')} ${shown(row.freeAfterAllLocked)}`}
      words={t('outlook.bar', {
        resource: format.resource(row.resource),
        committed: shown(row.committed),
        thisOrder: shown(row.thisOrder),
        others: shown(others),
        free: shown(row.freeAfterAllLocked),
      })}
      whole={row.capacity}
      parts={[
        { amount: row.committed, color: palette.committed },
        { amount: row.thisOrder, color: palette.order },
        { amount: others, color: palette.locked },
      ]}
    />
  );
}
