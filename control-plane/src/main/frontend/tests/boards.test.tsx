import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { CitiesTab } from '@/features/ranking/CitiesTab';
import { liesIn } from '@/features/ranking/CityFilter';
import { ExcludedTab } from '@/features/ranking/ExcludedTab';
import { LowestTab } from '@/features/ranking/LowestTab';
import { RankingPage } from '@/features/ranking/RankingPage';
import { SummaryView } from '@/features/ranking/SummaryView';
import { SystemsTab } from '@/features/ranking/SystemsTab';
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
          items: [
            unmeasured('late-1', 'extranet-ordinary'),
            unmeasured('late-2', 'internet-ordinary'),
          ],
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
const linked = async (text: string) => (await screen.findByText(text)).closest('a');

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
  fireEvent.click(await screen.findByText('江门市'));
  expect(await screen.findByText('仅 江门市 的单位')).toBeInTheDocument();
  expect(screen.getByText('蓬江区教育局')).toBeInTheDocument();
  expect(screen.queryByText('深圳市教育局')).toBeNull();
  expect(screen.getByText('江门市税务局').closest('tr')).toHaveTextContent('2');
  expect(screen.getByText('未参与排名（1）')).toBeInTheDocument();
});

it('leads from a system to its hosts', async () => {
  serve(answers);
  show(<SystemsTab month="2026-10" pool="all" version="" />);
  // Whose hosts somebody sees is known a moment later.
  await screen.findByText('3 / 4');
  await waitFor(() =>
    expect(screen.getByText('3 / 4').closest('a')).toHaveAttribute(
      'href',
      '/rankings/2026-10/units/u1?system=s1',
    ),
  );
});

it('counts the hosts of which too little was measured, and leads to their list', async () => {
  serve(answers);
  show(<SummaryView summary={ranking.summary} />, '/?pool=extranet-ordinary');
  const count = await linked('未达覆盖率云主机');
  expect(count).toHaveTextContent('2');
  expect(count).toHaveAttribute('href', '/?pool=extranet-ordinary&tab=excluded&left=unmeasured');
});

it('lists them of the scope that is chosen, beside those excluded by rule', async () => {
  serve(answers);
  const shown = { month: '2026-10', pool: 'extranet-ordinary', version: '' };
  show(<ExcludedTab {...shown} />, '/?left=unmeasured');
  expect(await linked('late-1')).toHaveAttribute(
    'href',
    '/rankings/2026-10/hosts/late-1?unit=u1&system=s1&pool=extranet-ordinary',
  );
  expect(screen.getByText('595 / 744')).toBeInTheDocument();
  expect(screen.getByText('79.97 %')).toBeInTheDocument();
  expect(screen.queryByText('late-2')).toBeNull();
  fireEvent.click(screen.getByText('按规定不计入'));
  await waitFor(() => expect(screen.queryByText('late-1')).toBeNull());
});

it('sorts cities by any figure, those without one below all others', async () => {
  serve(answers);
  const { container } = show(<CitiesTab month="2026-10" pool="all" version="" />);
  await screen.findByText('江门市');
  const names = () =>
    [...container.querySelectorAll('tbody tr a')].map(({ textContent }) => textContent);
  expect(names()).toEqual(['江门市', '深圳市', '445100']);
  const sort = () => {
    const [head] = screen.getAllByText('处理器');
    if (head) {
      fireEvent.click(head);
    }
  };
  sort();
  // By numbers: 9.50 is less than 15.00.
  await waitFor(() => expect(names()).toEqual(['深圳市', '江门市', '445100']));
  sort();
  await waitFor(() => expect(names()).toEqual(['445100', '江门市', '深圳市']));
});

it('marks who is tied among the lowest', async () => {
  serve(answers);
  show(<LowestTab month="2026-10" board="SCORE" pool="all" version="" />);
  const row = async (unit: string) => (await screen.findByText(unit)).closest('tr');
  expect(await row('江门市税务局')).toHaveTextContent('并列');
  expect(await row('深圳市教育局')).toHaveTextContent('并列');
  expect(await row('蓬江区教育局')).not.toHaveTextContent('并列');
});
