import type { Item } from './applications';
import type { ClusterCheck } from './clusters';
/**
 * The shapes of the HTTP API, version 1. Times are ISO 8601 in UTC, ids are UUIDs, amounts are whole
 * base units, and decimals that must stay exact are texts.
 */

export interface Ref {
  id: string;
  name: string;
}

/** Resource code (`cpuMillis`, `memoryBytes`, `storageBytes/ssd`, `hosts`) to base units. */
export type Amounts = Record<string, number>;

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  /** Whether there are more than `total`: lists that grow for ever are not counted to their end. */
  atLeast: boolean;
}

export type NodeKind = 'POOL' | 'REGION' | 'UNIT' | 'SYSTEM' | 'INFRASTRUCTURE';

export interface NodeRef extends Ref {
  kind: NodeKind;
}

export interface Shortfall {
  node: NodeRef;
  resource: string;
  asked: number;
  free: number;
  missing: number;
  holders: { node: NodeRef; amount: number }[];
  /** Of a leaf, which has no nodes below it: what its leases are charged. */
  leases?: { cluster: string; namespace: string; amount: number }[];
  /** Of a leaf: what undecided orders have locked there. */
  locks?: { application: { id: string; number: string } | null; amount: number }[];
  /** What all others hold, also those of whom this person may not know. */
  others?: number;
  idle?: {
    leases: {
      system: string;
      systemName: string;
      cluster: string;
      namespace: string;
      amount: number;
    }[];
    others: number;
  };
}

/** What would help somebody who was refused. */
export interface WayOut {
  fits: Amounts | null;
  items: Item[];
  limits: Record<string, { guaranteed: number; ceiling: number | null }>;
}

export interface FieldError {
  /** A JSON pointer into what was sent; empty for the whole. */
  pointer: string;
  code: string;
  detail: string;
}

/** One thing wrong with an imported file; the row is counted as the spreadsheet counts it. */
export interface ImportFault {
  table: string;
  row: number | null;
  column: string | null;
  code: string;
  detail: string;
  value: string | null;
}

/** RFC 9457. */
export interface ProblemDocument {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code?: string;
  requestId?: string;
  errors?: FieldError[];
  shortfalls?: Shortfall[];
  wayOut?: WayOut;
  faults?: ImportFault[];
  faultCount?: number;
  checks?: ClusterCheck[];
}

export interface ClusterState {
  name: string;
  simulated: boolean;
  reachable: boolean;
  pools: string[];
}

export type PreparingStep = 'IMPORT' | 'DELIVER' | 'METER' | 'DONE';

export interface Environment {
  mode: 'PRODUCTION' | 'TRYOUT';
  version: string;
  clusters: ClusterState[];
  preparing: { step: PreparingStep; done: number; total: number } | null;
}

export type Permission =
  | 'REGISTER_IMPORT'
  | 'REGISTER_READ'
  | 'APPLICATION_SUBMIT'
  | 'APPLICATION_READ'
  | 'APPLICATION_DECIDE'
  | 'APPLICATION_ENDORSE'
  | 'APPLICATION_REVIEW'
  | 'APPLICATION_ADVISE'
  | 'APPLICATION_APPROVE'
  | 'APPLICATION_EXECUTE'
  | 'TEMPLATE_EDIT'
  | 'POOL_READ'
  | 'QUOTA_READ'
  | 'QUOTA_LIMIT'
  | 'REORGANIZE'
  | 'CLUSTER_READ'
  | 'CLUSTER_FENCE'
  | 'CLUSTER_WRITE_OFF'
  | 'CLUSTER_READMIT'
  | 'CLUSTER_REGISTER'
  | 'CLUSTER_CORDON'
  | 'ADOPT'
  | 'HOST_MIGRATE'
  | 'CLUSTER_ACCEPT'
  | 'OUTLOOK_READ'
  | 'HOST_READ'
  | 'NAMESPACE_READ'
  | 'NAMESPACE_GRANT'
  | 'HOST_OPERATE'
  | 'HOST_DESTROY'
  | 'CATALOGUE_EDIT'
  | 'RANKING_READ'
  | 'RANKING_EXPORT'
  | 'RANKING_COMPUTE'
  | 'RANKING_FREEZE'
  | 'RANKING_RESTATE'
  | 'RANKING_RESTATE_APPROVE'
  | 'POLICY_PROPOSE'
  | 'POLICY_APPROVE'
  | 'PRICE_READ'
  | 'PRICE_PROPOSE'
  | 'PRICE_APPROVE'
  | 'USAGE_IMPORT'
  | 'RECLAIM_READ'
  | 'RECLAIM_PROPOSE'
  | 'RECLAIM_CONSENT'
  | 'RECLAIM_APPROVE'
  | 'RECLAIM_EXECUTE'
  | 'EXEMPTION_READ'
  | 'EXEMPTION_APPLY'
  | 'EXEMPTION_APPROVE'
  | 'AUDIT_READ'
  | 'CALENDAR_EDIT'
  | 'NOTICE_OPERATE'
  | 'JOB_READ'
  | 'JOB_RUN'
  | 'INSTANT_RULE_PROPOSE'
  | 'INSTANT_RULE_APPROVE'
  | 'INSTANT_AUDIT';

export interface Me extends Ref {
  login: string;
  unit: Ref | null;
  roles: string[];
  permissions: Permission[];
}

export interface PoolRow {
  resource: string;
  capacity: number;
  committed: number;
  locked: number;
  free: number;
}

export interface Pool {
  id: string;
  zone: string;
  processor: string;
  node: NodeRef;
  rows: PoolRow[];
}

export interface QuotaRow {
  resource: string;
  guaranteed: number;
  ceiling: number | null;
  committed: number;
  locked: number;
  free: number | null;
  thisOrder?: number;
}

export interface QuotaLevel {
  node: NodeRef;
  rows: QuotaRow[];
}

export interface RegionRef {
  code: string;
  name: string;
}

export interface Contact {
  name: string;
  phone: string | null;
  email: string | null;
}

export interface Unit extends Ref {
  uscc: string;
  region: RegionRef;
  systems: number;
  contacts?: Contact[];
}

export interface BusinessSystem extends Ref {
  code: string;
  unit: Ref;
  zone: string;
  xinchuangRequired: boolean;
  mlpsLevel: number | null;
  mlpsFiling: string | null;
  builder: string | null;
}

export interface ImportCounts {
  regions: number;
  pools: number;
  units: number;
  contacts: number;
  systems: number;
  quotas: number;
}

export interface RegisterImport {
  id: string;
  fileName: string;
  importedBy: Ref;
  importedAt: string;
  counts: ImportCounts;
}

export interface AuditEntry {
  at: string;
  actor: Ref | null;
  action: string;
  target: string;
  outcome: 'SUCCESS' | 'FAILURE';
  detail: string;
  /** What the detail says, where it is the code of a refusal. */
  refusal: string | null;
}
