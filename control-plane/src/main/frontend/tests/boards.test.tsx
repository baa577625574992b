import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { liesIn } from '@/features/ranking/CityFilter';
import { RankingPage } from '@/features/ranking/RankingPage';
import type { HostShare, NotRankedUnit, RankedUnit, Ranking } from '@/shared/api/ranking';
import { show } from './support/page';
import { person } from './support/samples';
import { serve, type Asked } from './support/server';

// There is no canvas to draw on.
vi.mock('echarts/core', () => {
  const nothing = () => undefined;
  return { use: nothing, init: () => ({ setOption: nothing, resize: nothing, dispose: nothing }) };
});

const bureau = { ...person('RANKING_READ'), unit: null };

const ranked = (id: string, name: string, region: string, rank: number): RankedUnit => ({
  rank,
  tied: rank === 2,
  unit: { id, code: id, name },
  region,
  score: '75.00',
  grade: 'B',
  cpu: '15.00',
  memory: '40.00',
  disk: '40.00',
  idleShare: '0.2500',
  cpuP95: '55.55',
  cpuPeak: null,
  coverage: '100.00',
  hosts: 4,
  measuredHosts: 4,
  vcpu: 16,
  cpuBand: 'LOW',
  memoryBand: 'NORMAL',
  parts: null,
});
const left: NotRankedUnit = {
  unit: { id: 'u3', code: 'u3', name: '台山市气象局' },
  region: '440781',
  reasons: ['UNDER_8_VCPU'],
  hosts: 1,
  measuredHosts: 1,
  vcpu: 4,
  coverage: '100.00',
  cpu: null,
  memory: null,
  disk: null,
};
const ranking: Ranking = {
  month: '2026-10',
  board: 'SCORE',
  pool: 'all',
  policy: {
    id: 'city-2',
    basis: '文号 2 号',
    evidence: { validSamples: 9, coverage: 85, confirmedDays: 21, leastHosts: 5, leastVcpu: 16 },
    idle: { cpu: 5, cpuP95: 10, cpuPeak: 30, memory: 20 },
  },
  computedAt: '2026-11-01T00:00:00Z',
  summary: {
    units: 3,
    ranked: 2,
    notRanked: 1,
    hosts: 9,
    measuredHosts: 7,
    unmeasuredHosts: 2,
    vcpu: 36,
    cpuPercent: null,
    memoryPercent: null,
    diskPercent: null,
    idleShare: null,
  },
  ranked: [
    ranked('u1', '蓬江区教育局', '440703001', 1),
    ranked('u2', '深圳市教育局', '440300', 2),
    ranked('u4', '江门市税务局', '440700', 2),
  ],
  notRanked: [left],
  excludedHosts: 0,
};
const city = (code: string, name: string | null, cpu: string | null) => ({
  city: code,
  name,
  hosts: 4,
  vcpu: 16,
  cpu,
  memory: '40.00',
  disk: null,
  overall: null,
  overallRank: null,
  systems: 2,
  systemsRank: 1,
  units: 2,
  unitsRank: 1,
});

const unmeasured = (name: string, pool: string): HostShare => ({
  host: { id: name, name },
  unit: { id: 'u1', code: 'u1', name: '蓬江区教育局' },
  system: { id: 's1', code: 's1', name: '学籍管理系统' },
  pool,
  vcpu: 4,
  excluded: null,
  measured: false,
  idle: false,
  hours: 744,
  validHours: 595,
  coverage: '79.97',
  vcpuHours: '2976',
  validVcpuHours: '2380',
  cpu: { used: '15', of: '100' },
  memory: { used: '40', of: '100' },
  disk: { used: '0', of: '0' },
  idleBy: null,
});

function answers({ path }: Asked) {
  switch (path) {
    case '/me':
      return { body: bureau };
    case '/pools':
      return { body: { items: [] } };
    case '/rankings':
      return { body: { items: [{ month: '2026-10', version: null }] } };
    case '/reports/2026-10':
      return { body: { versions: [], restatements: [] } };
    case '/rankings/2026-10':
      return { body: ranking };
    case '/rankings/2026-10/cities':
      return {
        body: {
          items: [
            city('440700', '江门市', '9.50'),
            city('440300', '深圳市', '15.00'),
            city('445100', null, null),
          ],
        },
      };
    case '/rankings/2026-10/systems':
      return {
        body: {
          items: [
            {
              id: 's1',
              code: 's1',
              name: '学籍管理系统',
              unit: { id: 'u1', code: '', name: '蓬江区教育局' },
              hosts: 4,
              measuredHosts: 3,
              vcpu: 16,
              coverage: '100.00',
              cpu: '9.50',
              memory: null,
              disk: null,
            },
          ],
        },
      };
    case '/rankings/2026-10/unmeasured-hosts':
      return {
        body: {
          policy: ranking.policy,
          items: [unmeasured('late-1', 'extranet-ordinary'), unmeasured('late-2', 'internet-ordinary')],
        },
      };
    case '/rankings/2026-10/excluded-hosts':
      return { body: { policy: ranking.policy, items: [] } };
    case '/rankings/2026-10/lowest':
      return { body: { items: ranking.ranked.toReversed() } };
    default:
      return undefined;
  }
}

const at = (search = '') => show(<RankingPage />, `/?month=2026-10${search}`);
const rows = (name: string) =>
  within(screen.getByRole('table', { name })).getAllByRole('row').slice(1);

it.each([
  ['440703', '440700', true],
  ['440703001', '440700', true],
  ['440703001002', '440700', true],
  ['440703', '440300', false],
  ['4407', '440700', false],
  ['4407', '4407', true],
])('takes a unit of %s into %s or not', (region, of, inside) => {
  expect(liesIn(region, of)).toBe(inside);
});

it('leads from a city to its units, whose ranks stay what they are', async () => {
  serve(answers);
  at('&tab=cities');
  fireEvent.click(await screen.findByRole('link', { name: '江门市' }));
  expect(await screen.findByText('仅 江门市 的单位')).toBeInTheDocument();
  await waitFor(() => expect(screen.getByText('蓬江区教育局')).toBeInTheDocument());
  expect(screen.queryByText('深圳市教育局')).toBeNull();
  expect(screen.getByText('江门市税务局').closest('tr')).toHaveTextContent('2');
  expect(screen.getByText('未参与排名（1）')).toBeInTheDocument();
});

it('leads from a system to its hosts', async () => {
  serve(answers);
  at('&tab=systems');
  expect(await screen.findByRole('link', { name: '3 / 4' })).toHaveAttribute(
    'href',
    '/rankings/2026-10/units/u1?system=s1',
  );
});

it('counts the hosts of which too little was measured, and leads to their list', async () => {
  serve(answers);
  at('&pool=extranet-ordinary');
  const count = await screen.findByRole('link', { name: /未达覆盖率.*2/ });
  fireEvent.click(count);
  expect(await screen.findByRole('link', { name: 'late-1' })).toHaveAttribute(
    'href',
    '/rankings/2026-10/hosts/late-1?unit=u1&system=s1&pool=extranet-ordinary',
  );
  expect(screen.getByText('595 / 744')).toBeInTheDocument();
  expect(screen.getByText('79.97 %')).toBeInTheDocument();
  // Of the scope that is chosen.
  expect(screen.queryByText('late-2')).toBeNull();
  fireEvent.click(screen.getByText('按规定不计入'));
  await waitFor(() => expect(screen.queryByText('late-1')).toBeNull());
});

it('sorts cities by any figure, those without one below all others', async () => {
  serve(answers);
  at('&tab=cities');
  await screen.findByRole('link', { name: '江门市' });
  const names = () => rows('地市').map((row) => within(row).getByRole('link').textContent);
  expect(names()).toEqual(['江门市', '深圳市', '445100']);
  const sort = () =>
    fireEvent.click(within(screen.getByRole('table', { name: '地市' })).getByText('处理器'));
  sort();
  // By numbers: 9.50 is less than 15.00.
  await waitFor(() => expect(names()).toEqual(['深圳市', '江门市', '445100']));
  sort();
  await waitFor(() => expect(names()).toEqual(['445100', '江门市', '深圳市']));
});

it('marks who is tied among the lowest', async () => {
  serve(answers);
  at('&tab=lowest');
  await screen.findByRole('table', { name: '后 20 名' });
  expect(rows('后 20 名').map((row) => row.textContent?.includes('并列'))).toEqual([
    true,
    true,
    false,
  ]);
});
