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
}

export interface UnitCode extends Ref {
  code: string;
}

export interface RankedUnit {
  rank: number;
  tied: boolean;
  unit: UnitCode;
  score: string;
  grade: Grade;
  cpu: string;
  memory: string;
  disk: string;
  idleShare: string;
  cpuP95: string;
  coverage: string;
  hosts: number;
  measuredHosts: number;
  vcpu: number;
  cpuBand: Band;
  memoryBand: Band;
}

export interface NotRankedUnit {
  unit: UnitCode;
  reasons: string[];
  hosts: number;
  vcpu: number;
  coverage: string | null;
}

export interface RankingSummary {
  units: number;
  ranked: number;
  notRanked: number;
  hosts: number;
  measuredHosts: number;
  vcpu: number;
  cpuPercent: string | null;
  memoryPercent: string | null;
  diskPercent: string | null;
  idleShare: string | null;
}

export interface Ranking {
  month: string;
  board: Board;
  pool: string;
  policy: { id: string; basis: string };
  computedAt: string;
  summary: RankingSummary;
  ranked: RankedUnit[];
  notRanked: NotRankedUnit[];
  excludedHosts: number;
}
