import type { HostShare, NotRankedUnit, RankedUnit, Ranking } from '@/shared/api/ranking';
import { person } from './samples';
import type { Asked } from './server';

export const bureau = {
  ...person('RANKING_READ', 'RANKING_EXPORT', 'RANKING_RESTATE'),
  unit: null,
};
export const unit = { id: 'u1', code: 'U1', name: '江门市教育局' };
export const small = { id: 'u2', code: 'U2', name: '江门市气象局' };

export const ranked: RankedUnit = {
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
export const notRanked: NotRankedUnit = {
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
export const policy = {
  id: 'city-2',
  basis: '文号 2 号',
  evidence: { validSamples: 9, coverage: 85, confirmedDays: 21, leastHosts: 5, leastVcpu: 16 },
  idle: { cpu: 5, cpuP95: 10, cpuPeak: 30, memory: 20 },
};
export const ranking: Ranking = {
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
export const share = (name: string, pool: string): HostShare => ({
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
export const report = {
  month: '2026-10',
  freezingDay: '2026-11-04',
  calendarMissing: false,
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

/** A month with a unit that is ranked and one that is not, two versions, and hosts in two zones. */
export function answers({ path, query }: Asked) {
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
