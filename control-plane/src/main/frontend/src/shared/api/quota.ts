import type { Amounts, NodeRef, Ref, Shortfall } from './types';

/** The shapes of the quota tree; amounts in base units. */

export interface QuotaNodeRow {
  resource: string;
  guaranteed: number;
  /** Null: bounded by the levels above alone. */
  ceiling: number | null;
  committed: number;
  handedOut: number;
  granted: number;
  locked: number;
  used: number;
  free: number | null;
  /** By how much more is handed out than the ceiling; nothing new fits until it is gone. */
  debt: number;
  debtSince: string | null;
}

export interface QuotaNode {
  node: NodeRef;
  pool: string;
  parent: string | null;
  version: number;
  children: number;
  unit: string | null;
  system: string | null;
  rows: QuotaNodeRow[];
}

export interface NodeOnPath {
  node: QuotaNode;
  path: QuotaNode[];
}

export interface LimitValue {
  guaranteed: number;
  ceiling: number | null;
}

export type LeaseState = 'SETTLED' | 'GROWING' | 'SHRINKING' | 'DEBT' | 'FENCED' | 'WRITTEN_OFF';

export interface Lease {
  cluster: string;
  namespace: string;
  system: Ref;
  unit: Ref;
  pool: string;
  state: LeaseState;
  epoch: number;
  enforcedEpoch: number | null;
  enforcedAt: string | null;
  idleSince: string | null;
  floor: Amounts;
  entitled: Amounts;
  granted: Amounts;
  charged: Amounts;
  used: Amounts;
  headroom: Amounts;
  surplus: Amounts;
}

export interface Lock {
  transfer: string;
  application: { id: string; number: string } | null;
  system: Ref | null;
  at: string;
  expiresAt: string | null;
  amounts: Amounts;
  /** With all that were locked before, in the same resources. */
  upTo: Amounts;
}

export interface Movement {
  at: string;
  transfer: string;
  phase: string;
  leaf: NodeRef;
  resource: string;
  amount: number;
  held: number;
  /** Of limits that were changed; null of all others. */
  limits: { before: LimitValue; after: LimitValue } | null;
  ended: string | null;
  application: { id: string; number: string } | null;
}

/** How a node stood at a moment. */
export interface StoodAt extends HeldAt {
  limits: Record<string, LimitValue>;
}

/** What was refused, as it was answered. */
export interface Refusal {
  at: string;
  transfer: string;
  phase: string;
  asked: { leaf: NodeRef; amounts: Amounts }[];
  shortfalls: Shortfall[];
}

/** What quota can be counted in: a resource, or the base of one for each class. */
export interface KnownResource {
  code: string;
  classes: boolean;
}

export interface HeldAt {
  at: string;
  held: Amounts;
}
