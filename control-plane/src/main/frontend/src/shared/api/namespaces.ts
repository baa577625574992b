import type { Amounts, Ref } from './types';

export type DriftAction = 'REPAIRED' | 'REMADE' | 'REMOVED' | 'REPORTED';

/** What somebody changed by hand on a cluster. */
export interface Drift {
  id: number;
  at: string;
  cluster: string;
  namespace: string;
  system: Ref;
  kind: string;
  name: string;
  /** A JSON pointer; null: the whole object. */
  field: string | null;
  before: string;
  after: string;
  action: DriftAction;
}

export const GRANTS = ['node-ports', 'load-balancers', 'external-ips', 'network-policies'] as const;
export type Grant = (typeof GRANTS)[number];

export interface SystemNamespace {
  cluster: string;
  namespace: string;
  pool: string;
  enforced: boolean;
  grants: Grant[];
  /** Why its cluster does not have all that it shall hold. */
  reason: string | null;
  /** What its cluster last told of it. */
  observed: ObservedNamespace | null;
  /** Whether it was handed back, and its cluster has yet to let go of it. */
  closing: boolean;
  room: NamespaceRoom;
}

/** What of a namespace can be handed back: what is neither its hosts' nor used. */
export interface NamespaceRoom {
  entitled: Amounts;
  kept: Amounts;
  used: Amounts;
  free: Amounts;
}

/** What the containers of a system's namespaces used in some time, those of hosts not among them. */
export interface NamespaceUsages {
  from: string;
  to: string;
  items: NamespaceUsage[];
}

export interface NamespaceUsage {
  cluster: string;
  namespace: string;
  /** So many hours began while anything was granted; of these so many were measured. */
  grantedHours: number;
  hours: number;
  /** Percent of them. */
  coverage: string;
  samples: number;
  /** Samples over 105 % of what was granted, which do not count. */
  setApart: number;
  /** Null: not measured. */
  cpu: NamespaceMeasure | null;
  memory: NamespaceMeasure | null;
  storage: NamespaceMeasure | null;
  /** The most that its claims could hold. */
  claimsBytes: number | null;
  days: NamespaceUsageDay[];
}

/** In base units. */
export interface NamespaceMeasure {
  hours: number;
  mean: number;
  min: number;
  max: number;
  granted: number;
  /** Null: nothing was granted. */
  percent: string | null;
}

/** Percent of what was granted; null: not measured. */
export interface NamespaceUsageDay {
  day: string;
  hours: number;
  cpu: string | null;
  memory: string | null;
}

export interface ObservedNamespace {
  phase: 'ABSENT' | 'ACTIVE' | 'TERMINATING';
  since: string;
  seenAt: string;
  /** Why it is not gone yet where it is being deleted, in the cluster's words. */
  conditions: string[];
  /** About what is in it, the latest first. */
  warnings: NamespaceWarning[];
}

/** Something that a controller of the cluster has warned of. */
export interface NamespaceWarning {
  reason: string;
  object: string;
  message: string;
  times: number;
  firstAt: string;
  lastAt: string;
}

/** A namespace, a machine or a disk of a cluster that is not in the register. */
export interface Finding {
  kind: 'ORPHAN' | 'UNMANAGED';
  cluster: string;
  namespace: string;
  /** Null: the namespace as a whole, or a disk. */
  host: string | null;
  /** Of no host that there is; null: it is no disk. */
  disk: string | null;
  uid: string;
  hosts: number;
  vcpu: number;
  memoryBytes: number;
  since: string;
}
