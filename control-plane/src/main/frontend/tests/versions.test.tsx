import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { RankingPage } from '@/features/ranking/RankingPage';
import { show } from './support/page';
import { person } from './support/samples';
import { serve, type Asked } from './support/server';

// There is no canvas to draw on.
vi.mock('echarts/core', () => {
  const nothing = () => undefined;
  return { use: nothing, init: () => ({ setOption: nothing, resize: nothing, dispose: nothing }) };
});

const bureau = { ...person('RANKING_READ', 'RANKING_EXPORT'), unit: null };
const unit = { id: 'u1', code: 'U1', name: '江门市教育局' };

const board = (month: string, cpu: string) => ({
  month,
  board: 'SCORE',
  pool: 'all',
  policy: { id: 'default-1', basis: '缺省' },
  computedAt: '2026-11-01T00:00:00Z',
  summary: {
    units: 1,
    ranked: 1,
    notRanked: 0,
    hosts: 4,
    measuredHosts: 4,
    unmeasuredHosts: 0,
    vcpu: 16,
    cpuPercent: null,
    memoryPercent: null,
    diskPercent: null,
    idleShare: null,
  },
  ranked: [
    {
      rank: 1,
      tied: false,
      unit,
      region: '440703',
      score: '75.00',
      grade: 'B',
      cpu,
      memory: '40.00',
      disk: '40.00',
      idleShare: '0.2500',
      cpuP95: '55.55',
      coverage: '100.00',
      hosts: 4,
      measuredHosts: 4,
      vcpu: 16,
      cpuBand: 'LOW',
      memoryBand: 'NORMAL',
      parts: null,
    },
  ],
  notRanked: [],
  excludedHosts: 0,
});

const published = (month: string, versions: number[]) => ({
  month,
  freezingDay: '2026-11-04',
  calendarMissing: false,
  lateHours: 0,
  versions: versions.map((version) => ({
    month,
    version,
    frozenAt: '2026-11-04T12:00:00Z',
    policy: 'yue-2026-3',
    inputDigest: 'a'.repeat(64),
    digest: 'b'.repeat(64),
    key: '',
    correction: null,
  })),
  restatements: [],
});

/** October was restated: 15 % before, 30 % since. November is not frozen. */
function answers({ path, query }: Asked) {
  switch (path) {
    case '/me':
      return { body: bureau };
    case '/pools':
      return { body: { items: [] } };
    case '/rankings':
      return {
        body: {
          items: [
            { month: '2026-11', ranked: 1, notRanked: 0, computedAt: '', version: null },
            { month: '2026-10', ranked: 1, notRanked: 0, computedAt: '', version: 2 },
          ],
        },
      };
    case '/reports/2026-10':
      return { body: published('2026-10', [2, 1]) };
    case '/reports/2026-11':
      return { body: published('2026-11', []) };
    case '/rankings/2026-10':
      return { body: board('2026-10', query.get('version') === '1' ? '15.00' : '30.00') };
    case '/rankings/2026-11':
      return { body: board('2026-11', '45.00') };
    case '/rankings/2026-10/reconciliation':
      return { body: { frozen: true, items: [], pools: [], delivered: [], forecasts: [] } };
    case '/rankings/2026-10/comparison':
      return { body: { earlier: '2026-09', state: 'NO_EARLIER', items: [] } };
    default:
      return path.startsWith('/rankings/2026-10/') ? { body: { items: [] } } : undefined;
  }
}

const figure = async (percent: string) =>
  expect(await screen.findByText(`${percent} %`)).toBeInTheDocument();

async function choose(label: string, option: RegExp) {
  fireEvent.mouseDown(await screen.findByLabelText(label));
  fireEvent.click(await screen.findByText(option, { selector: '.ant-select-item-option-content' }));
}

it('shows what was published before a restatement, and what counts since', async () => {
  serve(answers);
  show(<RankingPage />, '/?month=2026-10');
  await figure('30.00');
  await choose('版本', /第 1 版.*yue-2026-3/);
  await figure('15.00');
  expect(screen.getByText(unit.name)).toHaveAttribute(
    'href',
    '/rankings/2026-10/units/u1?version=1',
  );
});

it('asks for the same version under each tab', async () => {
  const calls = serve(answers);
  show(<RankingPage />, '/?month=2026-10&version=1');
  for (const tab of ['后 20 名', '业务系统', '地市', '环比同比', '不计入主机', '对账']) {
    fireEvent.click(await screen.findByText(tab, { selector: '.ant-tabs-tab-btn' }));
  }
  const asked = () => calls.filter(({ path }) => path.startsWith('/rankings/2026-10'));
  await waitFor(() =>
    expect(new Set(asked().map(({ path }) => path.replace('/rankings/2026-10', '')))).toEqual(
      new Set([
        '',
        '/lowest',
        '/systems',
        '/cities',
        '/comparison',
        '/excluded-hosts',
        '/reconciliation',
      ]),
    ),
  );
  expect(asked().every(({ query }) => query.get('version') === '1')).toBe(true);
});

it('forgets the version with the month, and offers none where nothing was published', async () => {
  const calls = serve(answers);
  show(<RankingPage />, '/?month=2026-10&version=1');
  await figure('15.00');
  await choose('月份', /11/);
  await figure('45.00');
  expect(screen.queryByLabelText('版本')).toBeNull();
  expect(
    calls.filter(({ path }) => path === '/rankings/2026-11').map(({ query }) => [...query.keys()]),
  ).toEqual([['board', 'pool']]);
});
