import type { Grade, PolicyOfRanking, UnitCode } from './ranking';
import type { Ref } from './types';

/** The shapes of policies: what months are ranked, hosts judged and applications dealt with by. */

export interface Range {
  low: number;
  high: number;
}

export interface PolicyNumbers {
  cpu: Range;
  memory: Range;
  disk: Range;
  weights: { cpu: number; memory: number; disk: number; idle: number };
  excess: { slope: number; floor: number };
  grades: { a: number; b: number; c: number };
  evidence: {
    validSamples: number;
    coverage: number;
    confirmedDays: number;
    leastHosts: number;
    leastVcpu: number;
  };
  idle: { cpu: number; cpuP95: number; cpuPeak: number; memory: number };
}

/** What is said of a version of any policy. */
export interface VersionOfPolicy {
  id: string;
  effectiveFrom: string;
  basis: string;
  state: 'PROPOSED' | 'APPROVED' | 'REJECTED';
  proposedBy: Ref | null;
  approvedBy: string | null;
}

export interface PolicyVersion extends PolicyNumbers, VersionOfPolicy {}

/** What hosts are judged by. */
export interface VerdictPolicyVersion extends VersionOfPolicy {
  window: { days: number; validSamples: number; coverage: number };
  idle: { cpu: number; cpuP95: number; cpuPeak: number; memory: number };
  shrinkCpu: { cpu: number; cpuP95: number; cpuPeak: number };
  shrinkMemory: { memoryP95: number };
  grow: { cpuP95: number; memoryP95: number; disk: number };
}

/** What applications, hosts and orders to reclaim are dealt with by; whole numbers. */
export interface WorkRulesVersion extends VersionOfPolicy {
  /** Working days. */
  deadlines: {
    remindAfter: number;
    escalateAfter: number;
    warnAfter: number[];
    deemAfter: number;
    deliverWithin: number;
  };
  applications: { lockDays: number; expertsFromVcpu: number };
  /** Days. */
  hosts: { recycleBinDays: number; trialDays: number; termNotices: number[]; retireDays: number };
  reclaims: {
    remindHours: number;
    answerWithin: number;
    evidenceDays: number;
    longestDelay: number;
    p95AtMost: number;
    peakAtMost: number;
  };
}

/** The last day that was judged, beside what would be said of it. */
export interface VerdictTrial {
  /** The first of the days that the version looks at. */
  from: string;
  day: string;
  policyThen: string;
  policy: string;
  hosts: number;
  /** Of how many of them something else would be said. */
  changed: number;
  items: { verdict: string; then: number; now: number }[];
}

export interface PolicyOutcome {
  score: string | null;
  grade: Grade | null;
  rank: number | null;
  reasons: string[];
}

export interface PolicyTrial {
  month: string;
  policyThen: PolicyOfRanking;
  policy: PolicyOfRanking;
  /** How many units would have another place or grade. */
  changed: number;
  /** No grade: they are not ranked. */
  counts: { grade: Grade | null; then: number; now: number }[];
  items: { unit: UnitCode; then: PolicyOutcome; now: PolicyOutcome }[];
}
