import type { PolicyNumbers } from './policies';
import type { Ref } from './types';

/** The shapes of the ranking of units; decimals are texts, for they must stay exact. */

export type Board = 'SCORE' | 'CPU' | 'MEMORY';
export type Grade = 'A' | 'B' | 'C' | 'D';
export type Band = 'LOW' | 'NORMAL' | 'HIGH';

export interface RankingMonth {
  month: string;
  ranked: number;
  notRanked: number;
  computedAt: string;
  /** The last published one; none: the month is not frozen. */
  version: number | null;
}

export interface UnitCode extends Ref {
  code: string;
}

export interface RankedUnit {
  rank: number;
  tied: boolean;
  unit: UnitCode;
  /** GB/T 2260, of where the unit lay. */
  region: string;
  score: string;
  grade: Grade;
  cpu: string;
  memory: string;
  disk: string;
  idleShare: string;
  cpuP95: string;
  /** The highest hour; null in months ranked before it was kept. */
  cpuPeak: string | null;
  coverage: string;
  hosts: number;
  measuredHosts: number;
  vcpu: number;
  cpuBand: Band;
  memoryBand: Band;
  parts: ScoreParts | null;
}

/** What each part gives of the score, in points. */
export interface ScoreParts {
  cpu: string;
  memory: string;
  disk: string;
  idle: string;
}

export interface NotRankedUnit {
  unit: UnitCode;
  region: string;
  reasons: string[];
  hosts: number;
  measuredHosts: number;
  vcpu: number;
  coverage: string | null;
  cpu: string | null;
  memory: string | null;
  disk: string | null;
}

export interface RankingSummary {
  units: number;
  ranked: number;
  notRanked: number;
  hosts: number;
  measuredHosts: number;
  /** Neither measured nor excluded. */
  unmeasuredHosts: number;
  vcpu: number;
  cpuPercent: string | null;
  memoryPercent: string | null;
  diskPercent: string | null;
  idleShare: string | null;
}

/** Under what a month was ranked, with what it takes to be ranked and what an idle host is under. */
export interface PolicyOfRanking {
  id: string;
  basis: string;
  evidence: PolicyNumbers['evidence'];
  idle: PolicyNumbers['idle'];
}

export interface Ranking {
  month: string;
  board: Board;
  pool: string;
  policy: PolicyOfRanking;
  computedAt: string;
  summary: RankingSummary;
  ranked: RankedUnit[];
  notRanked: NotRankedUnit[];
  excludedHosts: number;
}

export interface RankedSystem extends UnitCode {
  unit: UnitCode;
  hosts: number;
  measuredHosts: number;
  vcpu: number;
  coverage: string;
  cpu: string | null;
  memory: string | null;
  disk: string | null;
}

export interface RankedCity {
  city: string;
  /** As published, or of today's register; null: it is not registered. */
  name: string | null;
  hosts: number;
  vcpu: number;
  cpu: string | null;
  memory: string | null;
  disk: string | null;
  overall: string | null;
  overallRank: number | null;
  systems: number;
  systemsRank: number;
  units: number;
  unitsRank: number;
}

export interface ComparedUnit {
  unit: UnitCode;
  value: string;
  earlierValue: string;
  points: string;
  rank: number;
  earlierRank: number;
}

export interface Comparison {
  earlier: string;
  state: 'COMPARED' | 'NO_EARLIER' | 'NOT_COMPARABLE';
  items: ComparedUnit[];
}

export interface HostShare {
  host: Ref;
  unit: UnitCode;
  system: UnitCode;
  pool: string;
  vcpu: number;
  excluded: string | null;
  measured: boolean;
  idle: boolean;
  hours: number;
  validHours: number;
  coverage: string;
  vcpuHours: string;
  validVcpuHours: string;
  cpu: UseOfHost;
  memory: UseOfHost;
  disk: UseOfHost;
  /** Null: none of its hours is valid, or it stands in a list over all units. */
  idleBy: IdleFigures | null;
}

/** Sums over valid hours, whole numbers as texts. */
export interface UseOfHost {
  used: string;
  of: string;
}

/** By what a host is idle or not, beside its means: percent, cut off and not rounded. */
export interface IdleFigures {
  /** Null: the samples were not kept. */
  cpuP95: string | null;
  cpuPeak: string;
  /** The valid hours in which memory was measured. */
  memoryHours: number;
}

/** A host that is excluded; no exemption: it was not confirmed long enough ago. */
export interface ExcludedHost {
  share: HostShare;
  exemption: { reason: string; until: string; applicant: string; approver: string } | null;
}

export interface HourOfHost {
  hour: string;
  /** What the host had in it. */
  capacity: { vcpu: number; memoryBytes: number; diskBytes: number };
  /** Whether enough of it was measured: only then it counts. */
  valid: boolean;
  /** The last published version that rests on this reading; null: it counts now. */
  lastIn: number | null;
  memoryByteSeconds: number | null;
  diskByteSeconds: number | null;
  samples: number;
  quarantined: number;
  cpuTimeMillis: number;
  cpu: (number | null)[];
  memory: (number | null)[];
  /** Which of the files it was imported from; null: it was measured. */
  file: string | null;
}

/** An hour of a unit in a scope: all its measured hosts together. */
export interface HourOfUnit {
  hour: string;
  hosts: number;
  cpu: UseOfHost;
  percent: string;
  /** Whether it is the nearest rank of the 95th percentile. */
  p95: boolean;
  peak: boolean;
}

export interface FileOfHours {
  id: string;
  fileName: string;
  /** SHA-256, hexadecimal. */
  digest: string;
  by: { id: string; name: string };
  at: string;
}

/** A host's hours, what they count in, and the files that some of them come from. */
export interface HoursOfHost {
  shares: HostShare[];
  items: HourOfHost[];
  files: FileOfHours[];
}

export interface Balance {
  pool: string;
  measure: 'VCPU' | 'MEMORY' | 'DISK';
  before: number;
  opened: number;
  expanded: number;
  shrunk: number;
  reclaimed: number;
  after: number;
  difference: number;
}

/** A pool when a month ended, in base units. */
export interface PoolStanding {
  pool: string;
  resource: string;
  capacity: number;
  units: number;
  promised: number;
  platform: number;
  locked: number;
  unassigned: number;
  debt: number;
  difference: number;
  allocated: string | null;
  allocatedWithLocked: string | null;
}

export interface Forecast {
  pool: string;
  resource: string;
  capacity: number;
  taken: number;
  weeks: number;
  outcome: 'NOT_ENOUGH_HISTORY' | 'EXHAUSTED' | 'NOT_FORESEEN' | 'FORESEEN';
  growth: { perWeek: number; low: number; high: number } | null;
  on: string | null;
  earliest: string | null;
  latest: string | null;
  error: { percent: string; forecasts: number } | null;
}

export interface Reconciliation {
  frozen: boolean;
  items: Balance[];
  pools: PoolStanding[];
  delivered: { from: number; to: number | null; count: number }[];
  forecasts: Forecast[];
}

export interface Report {
  month: string;
  version: number;
  frozenAt: string;
  policy: string;
  inputDigest: string;
  digest: string;
  key: string;
  correction: { reason: string; author: Ref; approver: Ref } | null;
}

export interface Restatement {
  id: string;
  month: string;
  reason: string;
  author: Ref;
  requestedAt: string;
  state: 'REQUESTED' | 'APPROVED' | 'REJECTED';
  decidedBy: Ref | null;
}

export interface MonthReport {
  month: string;
  freezingDay: string;
  calendarMissing: boolean;
  lateHours: number;
  versions: Report[];
  restatements: Restatement[];
}
