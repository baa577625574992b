import type { VersionOfPolicy } from '@/shared/api/policies';

/** A kind of policy: where its versions are, and which numbers they have, group by group. */
export interface PolicyKind {
  path: '/ranking-policies' | '/verdict-policies' | '/work-rules';
  groups: Record<string, readonly string[]>;
  /** No number of it has decimals. */
  whole?: true;
}

/** Some are several, such as the days on which somebody is told. */
export type PolicyNumber = number | number[];

export const RANKING: PolicyKind = {
  path: '/ranking-policies',
  groups: {
    cpu: ['low', 'high'],
    memory: ['low', 'high'],
    disk: ['low', 'high'],
    weights: ['cpu', 'memory', 'disk', 'idle'],
    excess: ['slope', 'floor'],
    grades: ['a', 'b', 'c'],
    evidence: ['validSamples', 'coverage', 'confirmedDays', 'leastHosts', 'leastVcpu'],
    idle: ['cpu', 'cpuP95', 'cpuPeak', 'memory'],
  },
};

export const VERDICTS: PolicyKind = {
  path: '/verdict-policies',
  groups: {
    window: ['days', 'validSamples', 'coverage'],
    idle: ['cpu', 'cpuP95', 'cpuPeak', 'memory'],
    shrinkCpu: ['cpu', 'cpuP95', 'cpuPeak'],
    shrinkMemory: ['memoryP95'],
    grow: ['cpuP95', 'memoryP95', 'disk'],
  },
};

export const WORK_RULES: PolicyKind = {
  path: '/work-rules',
  groups: {
    deadlines: ['remindAfter', 'escalateAfter', 'warnAfter', 'deemAfter', 'deliverWithin'],
    applications: ['lockDays', 'expertsFromVcpu'],
    hosts: ['recycleBinDays', 'trialDays', 'termNotices', 'retireDays'],
    reclaims: [
      'remindHours',
      'answerWithin',
      'evidenceDays',
      'longestDelay',
      'p95AtMost',
      'peakAtMost',
    ],
  },
  whole: true,
};

const WHOLE = new Set(['validSamples', 'confirmedDays', 'leastHosts', 'leastVcpu', 'days']);

/** How many decimals a number has. */
export function decimalsOf(kind: PolicyKind, name: string): 0 | 2 {
  return kind.whole || WHOLE.has(name) ? 0 : 2;
}

export function groupOf(version: VersionOfPolicy, group: string): Record<string, PolicyNumber> {
  return (version as unknown as Record<string, Record<string, PolicyNumber>>)[group] ?? {};
}

/** The approved version that took effect last, by the days of Asia/Shanghai; newest come first. */
export function inForce<V extends VersionOfPolicy>(versions: V[], now: Date): V | undefined {
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(now);
  return versions.find(
    ({ state, effectiveFrom }) => state === 'APPROVED' && effectiveFrom <= today,
  );
}
