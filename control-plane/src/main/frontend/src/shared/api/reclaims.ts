import type { Ref } from './types';

export const VERDICTS = [
  'IDLE',
  'IDLE_STOPPED',
  'SHRINK_CPU',
  'SHRINK_MEMORY',
  'GROW',
  'FIT',
  'EXEMPT',
  'INSUFFICIENT_DATA',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Percentages of the capacity. */
export interface Measure {
  mean: number;
  p95: number;
  peak: number;
}

export type ReclaimAction = 'RECYCLE' | 'SHRINK';

export interface Size {
  vcpu: number;
  memoryBytes: number;
}

/** What is said of a host by what it used, and on what evidence. */
export interface HostVerdict {
  day: string;
  host: string;
  name: string;
  unit: string;
  /** Null: it is gone. */
  unitName: string | null;
  system: string;
  systemName: string | null;
  pool: string;
  vcpu: number;
  memoryBytes: number;
  policy: string;
  verdicts: Verdict[];
  days: number;
  hours: number;
  validHours: number;
  coverage: number;
  cpu: Measure | null;
  memory: Measure | null;
  disk: number | null;
  /** Null: it is to stay as it is. */
  rightSize:
    | (Size & {
        action: ReclaimAction;
        size: { code: string; version: number } | null;
        /** Decimals as text; null: not priced. */
        savedYuanPerMonth: string | null;
        /** Of one that would be given back. */
        diskBytes: number;
        /** Likewise of these disks. */
        savedDiskYuanPerMonth: string | null;
      })
    | null;
  /** The open order that names it. */
  reclaim: string | null;
}

/** What hosts of the right size would save; no unit: of all. */
export interface Saving extends Size {
  unit: string | null;
  unitName: string | null;
  pool: string;
  hosts: number;
  /** Of hosts that would be given back. */
  diskBytes: number;
  /** Decimals as text. */
  yuanPerMonth: string;
  /** How many hosts the price book does not price. */
  unpriced: number;
  /** Of how many it does not price the disks. */
  unpricedDisks: number;
}

export interface Savings {
  day: string | null;
  pools: Saving[];
  units: Saving[];
}

export const RECLAIM_STATES = [
  'PROPOSED',
  'NOTICED',
  'CONSENTED',
  'APPEALED',
  'EXTENDED',
  'UPHELD',
  'BUREAU_APPROVED',
  'EXECUTING',
  'PARTIAL',
  'DONE',
  'CANCELLED',
] as const;
export type ReclaimState = (typeof RECLAIM_STATES)[number];

export type ReclaimCommand =
  | 'NOTICE'
  | 'CONSENT'
  | 'APPEAL'
  | 'EXTEND'
  | 'UPHOLD'
  | 'APPROVE'
  | 'REJECT'
  | 'EXECUTE'
  | 'RETRY'
  | 'GIVE_UP'
  | 'CANCEL';

export interface Reclaim {
  id: string;
  version: number;
  number: string;
  state: ReclaimState;
  unit: Ref;
  basis: string;
  proposedBy: Ref;
  proposedAt: string;
  enteredAt: string;
  noticedAt: string | null;
  extendedUntil: string | null;
  sums: {
    hosts: number;
    done: number;
    failed: number;
    skipped: number;
    planned: Size;
    actual: Size;
  };
  commands: ReclaimCommand[];
  items: ReclaimItem[];
  leftOut: LeftOut[];
  steps: ReclaimStep[];
}

/** A host that was asked for and is not in the order. */
export interface LeftOut {
  host: string;
  name: string;
  reason: string;
}

export type Outcome = 'PLANNED' | 'STARTED' | 'DONE' | 'FAILED' | 'SKIPPED';

export interface ReclaimItem {
  position: number;
  host: string;
  name: string;
  system: string;
  systemName: string;
  action: ReclaimAction;
  evidence: {
    day: string;
    days: number;
    verdicts: Verdict[];
    policy: string;
    hours: number;
    validHours: number;
    coverage: number;
    cpu: Measure | null;
    memory: Measure | null;
    disk: number | null;
    stopped: boolean;
  };
  before: Size;
  planned: Size;
  size: { code: string; version: number } | null;
  answer: 'CONSENTED' | 'APPEALED' | null;
  answerNote: string | null;
  outcome: Outcome;
  reason: string | null;
  attempts: number;
  startedAt: string | null;
  endedAt: string | null;
  /** What it is charged for since it was done. */
  actual: Size | null;
}

export interface ReclaimStep {
  at: string;
  /** Null: the control plane itself. */
  by: Ref | null;
  command: ReclaimCommand | 'PROPOSE' | 'ANSWER' | 'FINISH' | 'FALL_SHORT';
  from: ReclaimState | null;
  to: ReclaimState;
  note: string | null;
}
