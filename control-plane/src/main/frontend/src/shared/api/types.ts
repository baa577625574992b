import type { HostState } from './hosts';
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
  /** What others hold, of whom this person may not know. */
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
  | 'APPLICATION_APPROVE'
  | 'APPLICATION_WITHDRAW'
  | 'APPLICATION_CONFIRM'
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
  | 'AUDIT_READ'
  | 'CALENDAR_EDIT';

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

export type StorageClass = 'ssd' | 'hdd';

export interface HostsItem {
  kind: 'HOSTS';
  count: number;
  vcpu: number;
  memoryGib: number;
  diskGib: number;
  storageClass: StorageClass;
  /** Of the catalogue; in place of processors and memory. */
  size?: string;
  image?: string;
  userData?: string;
  sshKeys?: string[];
}

export interface NamespaceItem {
  kind: 'NAMESPACE';
  cpu: number;
  memoryGib: number;
  storageGib: number;
  storageClass: StorageClass;
}

export type Item = HostsItem | NamespaceItem;

export interface Order {
  system: string;
  pool: string;
  purpose: string;
  termMonths: number;
  items: Item[];
}

export type ApplicationState =
  | 'TECH_REVIEW'
  | 'APPROVED'
  | 'DELIVERING'
  | 'DELIVERED'
  | 'CLOSED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'EXPIRED';

export type Command = 'APPROVE' | 'REJECT' | 'WITHDRAW' | 'CONFIRM';

export interface TimelineEntry {
  at: string;
  actor: Ref | null;
  command: string;
  from: ApplicationState | null;
  to: ApplicationState;
  note: string | null;
}

export interface Delivery {
  cluster: string;
  namespace: string;
  lease: { epoch: number; observedEpoch: number | null; hard: Amounts };
  hosts: (Ref & { state: HostState; reason: string | null })[];
}

export interface Application {
  id: string;
  version: number;
  number: string;
  state: ApplicationState;
  system: Ref & { code: string };
  unit: Ref;
  pool: string;
  purpose: string;
  termMonths: number;
  items: Item[];
  amounts: Amounts;
  submittedBy: Ref;
  submittedAt: string;
  decidedBy: Ref | null;
  decidedAt: string | null;
  deliveredAt: string | null;
  commands: Command[];
  delivery: Delivery | null;
  timeline: TimelineEntry[];
}

export interface OutlookRow {
  resource: string;
  capacity: number;
  committed: number;
  locked: number;
  thisOrder: number;
  freeNow: number;
  freeAfterThis: number;
  freeAfterAllLocked: number;
}

export interface Outlook {
  pool: { id: string };
  rows: OutlookRow[];
  path: QuotaLevel[];
}

export interface AuditEntry {
  at: string;
  actor: Ref | null;
  action: string;
  target: string;
  outcome: 'SUCCESS' | 'FAILURE';
  detail: string;
}
