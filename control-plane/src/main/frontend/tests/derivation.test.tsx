import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DerivationPage } from '@/features/ranking/DerivationPage';
import { ExcludedTab } from '@/features/ranking/ExcludedTab';
import { HoursPage } from '@/features/ranking/HoursPage';
import { NotRankedTable } from '@/features/ranking/NotRankedTable';
import { RankedTable } from '@/features/ranking/RankedTable';
import { ReportCard } from '@/features/ranking/ReportCard';
import { isIn } from '@/features/ranking/ScopeSelect';
import { sumsOf } from '@/features/ranking/ShareSums';
import type { HostShare, NotRankedUnit, RankedUnit, Ranking } from '@/shared/api/ranking';
import { show } from './support/page';
import { person } from './support/samples';
import { serve, type Asked } from './support/server';

const bureau = { ...person('RANKING_READ', 'RANKING_EXPORT', 'RANKING_RESTATE'), unit: null };
const unit = { id: 'u1', code: 'U1', name: '江门市教育局' };
const small = { id: 'u2', code: 'U2', name: '江门市气象局' };

const ranked: RankedUnit = {
  rank: 2,
  tied: false,
  unit,
  region: '440703',
  score: '75.00',
  grade: 'B',
  cpu: '15.00',
  memory: '40.00',
  disk: '40.00',
  idleShare: '0.2500',
  cpuP95: '30.00',
  cpuPeak: '62.50',
  coverage: '100.00',
  hosts: 4,
  measuredHosts: 4,
  vcpu: 16,
  cpuBand: 'LOW',
  memoryBand: 'NORMAL',
  parts: { cpu: '20.0000', memory: '30.0000', disk: '10.0000', idle: '15.0000' },
};
const notRanked: NotRankedUnit = {
  unit: small,
  region: '440704',
  reasons: ['FEWER_THAN_3_HOSTS', 'UNDER_8_VCPU', 'UNDER_80_PERCENT_COVERAGE'],
  hosts: 2,
  measuredHosts: 2,
  vcpu: 8,
  coverage: '99.00',
  cpu: '12.34',
  memory: '56.78',
  disk: null,
};
const policy = {
  id: 'city-2',
  basis: '文号 2 号',
  evidence: { validSamples: 9, coverage: 85, confirmedDays: 21, leastHosts: 5, leastVcpu: 16 },
  idle: { cpu: 5, cpuP95: 10, cpuPeak: 30, memory: 20 },
};
const ranking: Ranking = {
  month: '2026-10',
  board: 'SCORE',
  pool: 'all',
  policy,
  computedAt: '2026-11-01T00:00:00Z',
  summary: {
    units: 2,
    ranked: 1,
    notRanked: 1,
    hosts: 6,
    measuredHosts: 6,
    unmeasuredHosts: 0,
    vcpu: 24,
    cpuPercent: null,
    memoryPercent: null,
    diskPercent: null,
    idleShare: null,
  },
  ranked: [ranked],
  notRanked: [notRanked],
  excludedHosts: 0,
};
const share = (name: string, pool: string): HostShare => ({
  host: { id: name, name },
  unit,
  system: { id: 's1', code: 'S1', name: '学籍管理系统' },
  pool,
  vcpu: 4,
  excluded: null,
  measured: true,
  idle: false,
  hours: 744,
  validHours: 744,
  coverage: '100.00',
  vcpuHours: '2976',
  validVcpuHours: '2976',
  cpu: { used: '15', of: '100' },
  memory: { used: '40', of: '100' },
  disk: { used: '0', of: '0' },
  idleBy: { cpuP95: '21.09', cpuPeak: '33.33', memoryHours: 600 },
});
const report = {
  month: '2026-10',
  freezingDay: '2026-11-04',
  lateHours: 3,
  versions: [2, 1].map((version) => ({
    month: '2026-10',
    version,
    frozenAt: '2026-11-04T12:00:00Z',
    policy: 'default-1',
    inputDigest: 'a'.repeat(64),
    digest: 'b'.repeat(64),
    key: '',
    correction:
      version === 1
        ? null
        : {
            reason: '补采',
            author: { id: 'p1', name: '局甲' },
            approver: { id: 'p2', name: '局乙' },
          },
  })),
  restatements: [],
};

function answers({ path, query }: Asked) {
  switch (path) {
    case '/me':
      return { body: bureau };
    case '/pools':
      return { body: { items: [{ id: 'extranet-ordinary' }, { id: 'internet-ordinary' }] } };
    case '/reports/2026-10':
      return { body: report };
    case '/rankings/2026-10':
      return { body: ranking };
    case '/rankings/2026-10/units/u1/hosts':
    case '/rankings/2026-10/units/u2/hosts':
      return {
        body: {
          policy,
          items: [
            share('web-1', 'extranet-ordinary'),
            share('web-2', 'internet-ordinary'),
            {
              ...share('new-1', 'internet-ordinary'),
              excluded: 'RECENTLY_CONFIRMED',
              measured: false,
            },
          ],
        },
      };
    case '/rankings/2026-10/units/u1/hours':
      return {
        body: {
          items: [
            {
              hour: '2026-10-09T01:00:00Z',
              hosts: 4,
              cpu: { used: '9000000', of: '14400000' },
              percent: '62.50',
              p95: false,
              peak: true,
            },
            {
              hour: '2026-10-03T01:00:00Z',
              hosts: 4,
              cpu: { used: '4320000', of: '14400000' },
              percent: '30.00',
              p95: true,
              peak: false,
            },
          ],
          next: null,
          total: 2,
          atLeast: false,
        },
      };
    case '/rankings/2026-10/hosts/web-1/hours':
      return {
        body: {
          files: [],
          shares: [share('web-1', 'extranet-ordinary')],
          items: [
            {
              hour: '2026-10-01T00:00:00Z',
              capacity: { vcpu: 4, memoryBytes: 8 * 2 ** 30, diskBytes: 1000 },
              valid: query.get('version') !== '1',
              lastIn: query.get('version') === '1' ? 1 : null,
              samples: 12,
              quarantined: 0,
              cpuTimeMillis: 0,
              memoryByteSeconds: null,
              diskByteSeconds: 900_000,
              cpu: Array<number>(12).fill(query.get('version') === '1' ? 1500 : 3000),
              memory: [],
              file: null,
            },
          ],
        },
      };
    default:
      return undefined;
  }
}

const at = (path: string) => show(<DerivationPage />, path, '/rankings/:month/units/:id');

it('leads from the score to its parts and to the hosts of the scope', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u1?pool=zone:extranet');
  expect(await screen.findByText('20.0000')).toBeInTheDocument();
  expect(screen.getByText('75.00')).toBeInTheDocument();
  expect(await screen.findByRole('link', { name: 'web-1' })).toHaveAttribute(
    'href',
    '/rankings/2026-10/hosts/web-1?unit=u1&system=s1&pool=extranet-ordinary',
  );
  expect(screen.queryByRole('link', { name: 'web-2' })).toBeNull();
});

it('shows by what a host is idle or not, beside the limits of the policy', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u1?pool=extranet-ordinary');
  const row = (await screen.findByRole('link', { name: 'web-1' })).closest('tr');
  expect(row).toHaveTextContent('21.09 %');
  expect(row).toHaveTextContent('33.33 %');
  expect(row).toHaveTextContent('600 个小时有样本');
  expect(screen.getByText('样本 P95（闲置须低于 10 %）')).toBeInTheDocument();
  expect(screen.getByText('样本峰值（闲置须低于 30 %）')).toBeInTheDocument();
});

it('shows the figures that give the points, and the sums over the hosts of the scope', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u1');
  expect(await screen.findByText('处理器 15.00 %')).toBeInTheDocument();
  expect(screen.getByText('内存 40.00 %')).toBeInTheDocument();
  expect(screen.getByText('存储 40.00 %')).toBeInTheDocument();
  expect(screen.getByText('闲置占比 25.00 %')).toBeInTheDocument();
  // Two hosts are measured, the third is excluded.
  const sums = await screen.findByRole('table', { name: '求和（所列云主机）' });
  const row = (title: RegExp) => within(sums).getByText(title).closest('tr');
  expect(row(/^处理器/)).toHaveTextContent('15.00 %');
  expect(row(/^闲置/)).toHaveTextContent('0 vCPU·小时5,952 vCPU·小时0.00 %');
  expect(row(/^有效小时/)).toHaveTextContent('100.00 %');
  expect(within(sums).getByTitle('30')).toBeInTheDocument();
});

it('adds up in whole numbers, whatever their size', () => {
  const idle: HostShare = {
    ...share('a', 'extranet-ordinary'),
    idle: true,
    memory: { used: '9007199254740993', of: '18014398509481986' },
  };
  const unmeasured = { ...share('b', 'extranet-ordinary'), measured: false, validVcpuHours: '4' };
  const sums = Object.fromEntries(sumsOf([idle, idle, unmeasured]).map((of) => [of.measure, of]));
  expect(sums['memory']?.used).toBe('18014398509481986');
  expect(sums['idle']).toMatchObject({ used: '5952', of: '5952' });
  // What is not measured is missed: 5,952 of 8,928.
  expect(sums['coverage']).toMatchObject({ used: '5952', of: '8928' });
});

it('lists the hours that the percentile and the peak are of, the highest first', async () => {
  const calls = serve(answers);
  at('/rankings/2026-10/units/u1?pool=zone:extranet&version=1&tab=hours');
  const peak = (await screen.findByText('62.50 %')).closest('tr');
  expect(peak).toHaveTextContent('峰值');
  expect(peak).not.toHaveTextContent('P95');
  expect(screen.getByText('30.00 %').closest('tr')).toHaveTextContent('P95');
  // 9,000,000 ms of one vCPU are two and a half hours.
  expect(peak).toHaveTextContent('2.5');
  const asked = calls.find(({ path }) => path.endsWith('/units/u1/hours'))?.query;
  expect(asked?.get('sort')).toBe('-percent');
  expect(asked?.get('pool')).toBe('zone:extranet');
  expect(asked?.get('version')).toBe('1');
});

it('leads from the percentile and the peak to the hours', async () => {
  serve(answers);
  show(<RankedTable ranking={{ ...ranking, pool: 'zone:extranet', version: '1' }} />);
  for (const figure of ['30.00 %', '62.50 %']) {
    expect(await screen.findByRole('link', { name: figure })).toHaveAttribute(
      'href',
      '/rankings/2026-10/units/u1?pool=zone%3Aextranet&version=1&tab=hours',
    );
  }
});

it('asks for the hosts of one system until that is taken off', async () => {
  const calls = serve(answers);
  at('/rankings/2026-10/units/u1?system=s1');
  const asked = () => calls.filter(({ path }) => path.endsWith('/units/u1/hosts'));
  const tag = await screen.findByText('仅业务系统 学籍管理系统');
  expect(asked().at(-1)?.query.get('system')).toBe('s1');
  fireEvent.click(within(tag).getByRole('img', { name: 'Close' }));
  await waitFor(() => expect(asked().at(-1)?.query.get('system')).toBeNull());
});

it('asks for the version that was chosen, down to the hours', async () => {
  const calls = serve(answers);
  at('/rankings/2026-10/units/u1?version=1');
  expect(await screen.findByRole('link', { name: 'web-1' })).toHaveAttribute(
    'href',
    '/rankings/2026-10/hosts/web-1?unit=u1&system=s1&pool=extranet-ordinary&version=1',
  );
  await waitFor(() =>
    expect(
      calls
        .filter(({ path }) => path.startsWith('/rankings/2026-10'))
        .every(({ query }) => query.get('version') === '1'),
    ).toBe(true),
  );
  expect(await screen.findByText(/第 1 版/)).toBeInTheDocument();
});

it('says of a unit without a place why, and what was measured all the same', async () => {
  serve(answers);
  at('/rankings/2026-10/units/u2');
  expect(await screen.findByText('12.34 %')).toBeInTheDocument();
  expect(screen.getByText('56.78 %')).toBeInTheDocument();
  // By the policy's numbers, whatever the names of the reasons say.
  expect(screen.getByRole('alert')).toHaveTextContent(/少于 5 台.*vCPU 少于 16.*覆盖率低于 85 %/);
  expect(await screen.findByText('确认不足 21 日')).toBeInTheDocument();
});

it('links whoever is not ranked to what it is made of', async () => {
  serve(answers);
  show(<NotRankedTable {...ranking} version="" />);
  expect(await screen.findByRole('link', { name: small.name })).toHaveAttribute(
    'href',
    '/rankings/2026-10/units/u2',
  );
  expect(screen.getByText('12.34 %')).toBeInTheDocument();
  expect(screen.getByText('已计量云主机少于 5 台')).toBeInTheDocument();
});

it.each([
  ['all', true],
  ['extranet-ordinary', true],
  ['extranet-domestic', false],
  ['zone:extranet', true],
  ['zone:internet', false],
  ['family:ordinary', true],
  ['family:domestic', false],
])('takes the hosts of a pool into %s or not', (scope, inside) => {
  expect(isIn(scope, 'extranet-ordinary')).toBe(inside);
});

it('shows of each hour the capacity and the disk, and that a version rests on another reading', async () => {
  const calls = serve(answers);
  show(
    <HoursPage />,
    '/rankings/2026-10/hosts/web-1?unit=u1&system=s1&pool=extranet-ordinary&version=1',
    '/rankings/:month/hosts/:id',
  );
  expect(await screen.findByText(/4 vCPU，8 GiB/)).toBeInTheDocument();
  // 900,000 byte seconds of 1,000 bytes in twelve samples of 300 s
  expect(screen.getByText('25.00 %')).toBeInTheDocument();
  expect(screen.getByText(/^15\.00 15\.00/)).toBeInTheDocument();
  expect(screen.getByText('第 2 版起已更正')).toBeInTheDocument();
  expect(screen.getByText('样本不足，不计')).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'web-1：逐小时样本' })).toBeInTheDocument();
  expect(calls.find(({ path }) => path.endsWith('/hours'))?.query.get('unit')).toBe('u1');
  expect(screen.getByText(/江门市教育局 · 学籍管理系统/)).toBeInTheDocument();
});

it('lists both published versions with who corrected them, and what came too late', async () => {
  serve(answers);
  show(<ReportCard month="2026-10" />);
  const table = await screen.findByRole('table');
  expect(within(table).getByText(/补采/)).toHaveTextContent('局甲');
  expect(within(table).getByText(/补采/)).toHaveTextContent('局乙');
  expect(screen.getByText(/3 /)).toBeInTheDocument();
  expect(await screen.findByText('申请重述')).toBeInTheDocument();
});

it('lists excluded hosts with reason, end and both people', async () => {
  serve((asked) =>
    asked.path === '/rankings/2026-10/excluded-hosts'
      ? {
          body: {
            policy,
            items: [
              {
                share: { ...share('new-1', 'extranet-ordinary'), excluded: 'RECENTLY_CONFIRMED' },
                exemption: null,
              },
              {
                share: { ...share('flood-1', 'extranet-ordinary'), excluded: 'SEASONAL' },
                exemption: {
                  reason: '防汛专用',
                  until: '2026-12-31',
                  applicant: '局甲',
                  approver: '局乙',
                },
              },
            ],
          },
        }
      : answers(asked),
  );
  show(<ExcludedTab month="2026-10" pool="all" version="" />);
  expect(await screen.findByText('防汛专用')).toBeInTheDocument();
  expect(screen.getByText('2026-12-31')).toBeInTheDocument();
  expect(screen.getByText('局甲 / 局乙')).toBeInTheDocument();
  expect(screen.getByText('确认不足 21 日')).toBeInTheDocument();
});
