import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ForecastPage } from '@/features/ranking/ForecastPage';
import { ReconciliationTab } from '@/features/ranking/ReconciliationTab';
import type { Forecast, Reconciliation } from '@/shared/api/ranking';
import { show } from './support/page';
import { serve } from './support/server';

const GIB = 2 ** 30;

const forecast: Forecast = {
  pool: 'extranet-ordinary',
  resource: 'cpuMillis',
  capacity: 100_000,
  taken: 50_000,
  weeks: 26,
  outcome: 'FORESEEN',
  growth: { perWeek: 1000, low: 900, high: 1100 },
  on: '2027-10-16',
  earliest: '2027-09-15',
  latest: null,
  error: { percent: '3.33', forecasts: 19 },
};

const reconciliation: Reconciliation = {
  frozen: true,
  items: [],
  pools: [
    {
      pool: 'extranet-ordinary',
      resource: 'memoryBytes',
      capacity: 400 * GIB,
      units: 100 * GIB,
      promised: 0,
      platform: 20 * GIB,
      locked: 0,
      unassigned: 279 * GIB,
      debt: 0,
      difference: GIB,
      allocated: '30.00',
      allocatedWithLocked: '31.25',
    },
  ],
  delivered: [
    { from: 1, to: 3, count: 7 },
    { from: 61, to: null, count: 1 },
  ],
  forecasts: [
    forecast,
    {
      ...forecast,
      pool: 'internet-ordinary',
      weeks: 3,
      outcome: 'NOT_ENOUGH_HISTORY',
      growth: null,
      on: null,
      earliest: null,
      error: null,
    },
  ],
};

it('shows a difference as one, the rates, and what the frozen month said', async () => {
  serve(() => ({ body: reconciliation }));
  show(<ReconciliationTab month="2026-10" version="" />);
  expect(await screen.findByText(/所冻结的数据/)).toBeInTheDocument();
  expect(screen.getByText(/^\+1 GiB$/)).toBeInTheDocument();
  expect(screen.getByText('30.00%（31.25%）')).toBeInTheDocument();
  expect(screen.getByText('1–3 天')).toBeInTheDocument();
  expect(screen.getByText('61 天及以上')).toBeInTheDocument();
});

it('foresees a day with its interval and error, or says that too little is known', async () => {
  serve(() => ({ body: reconciliation }));
  show(<ReconciliationTab month="2026-10" version="" />);
  const row = (await screen.findByText('2027-10-16')).closest('tr');
  if (!row) {
    throw new Error('not in a table');
  }
  expect(within(row).getByText('2027-09-15 – 五年以外')).toBeInTheDocument();
  expect(within(row).getByText('3.33%（19 次）')).toBeInTheDocument();
  expect(screen.getByText('历史不足 8 周')).toBeInTheDocument();
});

it('says of an older version which it is, and not that it is the last', async () => {
  serve(() => ({ body: reconciliation }));
  show(<ReconciliationTab month="2026-10" version="1" />);
  expect(await screen.findByText('以下为第 1 版报告所冻结的数据。')).toBeInTheDocument();
  expect(screen.queryByText(/最近一版/)).toBeNull();
});

it('shows the forecast of now, which no month has to be chosen for', async () => {
  const calls = serve(() => ({ body: { items: reconciliation.forecasts } }));
  show(<ForecastPage />);
  expect(await screen.findByText('2027-10-16')).toBeInTheDocument();
  expect(screen.getByText(/截至目前/)).toBeInTheDocument();
  expect(calls.map(({ path }) => path)).toEqual(['/pools/forecasts']);
});
