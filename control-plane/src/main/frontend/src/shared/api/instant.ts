import type { ApplicationState } from './applications';
import type { Ref } from './types';

export interface Predicate {
  name: string;
  /** CEL. */
  expression: string;
}

/** A version of the rules for instant approval; never changed once it was proposed. */
export interface InstantRule {
  id: string;
  number: number;
  predicates: Predicate[];
  /** What must hold in every version. */
  guards: Predicate[];
  vcpu: number;
  memoryGib: number;
  storageGib: number;
  auditPercent: number;
  effectiveFrom: string;
  basis: string;
  author: Ref;
  proposedAt: string;
  approval: {
    by: Ref;
    at: string;
    inForceFrom: string;
    tried: number;
    passing: number;
  } | null;
  inForce: boolean;
  mayApprove: boolean;
}

export interface InstantRules {
  items: InstantRule[];
  inForce: string | null;
  facts: { name: string; type: 'FLAG' | 'WHOLE' | 'REAL' | 'TEXT' | 'TEXTS' }[];
}

export interface Size {
  vcpu: number;
  memoryGib: number;
  storageGib: number;
}

export type Human = 'GRANTED' | 'GRANTED_LESS' | 'BY_RULE' | 'RETURNED' | 'REJECTED' | 'UNDECIDED';

/** What a version would have done with the applications of the last quarter. */
export interface RuleTrial {
  since: string;
  complete: boolean;
  applications: number;
  passing: number;
  againstPeople: number;
  predicates: { name: string; holdsNot: number; undetermined: number }[];
  tried: {
    application: string;
    number: string;
    unitName: string;
    systemName: string;
    submittedAt: string;
    size: Size;
    source: 'EVIDENCE' | 'RECOMPUTED';
    passes: boolean;
    failing: string[];
    state: ApplicationState;
    human: Human;
  }[];
}

export interface RuleRef {
  id: string;
  number: number;
  basis: string;
}

/** What was decided about a revision of an application without people. */
export interface Precheck {
  revision: number;
  at: string;
  rule: RuleRef | null;
  passed: boolean;
  findings: {
    name: string;
    expression: string;
    value: 'HOLDS' | 'HOLDS_NOT' | 'UNDETERMINED';
    why: string;
  }[];
  /** `age` in seconds. */
  facts: { name: string; value: string; age: number; stale: boolean }[];
}

/** An application that has passed and was drawn for an audit. */
export interface Sampled {
  application: string;
  unitName: string;
  systemName: string;
  passedAt: string;
  rule: RuleRef;
  size: Size;
  audit: {
    by: Ref;
    at: string;
    passed: boolean;
    reason: string;
    lift: { by: Ref; at: string; reason: string } | null;
  } | null;
}

export interface ProtectionPeriod {
  id: string;
  name: string;
  from: string;
  until: string;
  basis: string;
  declaredBy: Ref;
  standing: 'AHEAD' | 'ON' | 'OVER';
  /** That it was ended before its time. */
  ended: { at: string; by: Ref; reason: string } | null;
}
