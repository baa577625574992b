import type { HostState } from './hosts';
import type { Amounts, Ref, QuotaLevel } from './types';

/** As the pools have them. */
export type StorageClass = string;

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
  /** Whatever else is counted, such as devices, public addresses and numbers of objects. */
  extras?: Amounts;
}

interface OfHost {
  host: string;
  storageClass: StorageClass;
  /** Told by the server. */
  hostName?: string;
}

/** Another size for a host that is there. */
export interface ResizeItem extends OfHost {
  kind: 'RESIZE';
  vcpu: number;
  memoryGib: number;
  /** What it had when it was applied for; told by the server. */
  before?: { vcpu: number; memoryGib: number };
}

/** One more data disk, of its storage class. */
export interface DiskItem extends OfHost {
  kind: 'DISK';
  diskGib: number;
}

export interface RenewalItem extends OfHost {
  kind: 'RENEWAL';
  months: number;
}

export interface ReturnItem extends OfHost {
  kind: 'RETURN';
}

/** A host made anew in the order's pool; the one that is there goes when its owner has confirmed. */
export interface MoveItem extends OfHost {
  kind: 'MOVE';
  /** Its own, unless another is chosen; to be named for processors of another family. */
  image?: string;
  /** Told by the server, as it was when it was applied for. */
  fromPool?: string;
  vcpu?: number;
  memoryGib?: number;
  diskGib?: number;
  disks?: { position: number; bytes: number; storageClass: string }[];
}

/** What is to be made. */
export type NewItem = HostsItem | NamespaceItem;

/** What is asked for a host that is there. */
export type HostItem = ResizeItem | DiskItem | RenewalItem | ReturnItem | MoveItem;

/** Room of the system's namespace on a cluster is handed back: so much, or all of it. */
export interface NamespaceReturnItem {
  kind: 'NAMESPACE_RETURN';
  cluster: string;
  whole: boolean;
  cpu?: number;
  memoryGib?: number;
  storageGib?: number;
  storageClass?: StorageClass;
}

/** The system changes to the zone of the order's pool. */
export interface ZoneItem {
  kind: 'ZONE';
  fromZone: string;
}

/** More quota for the unit in the order's pool. */
export interface QuotaItem {
  kind: 'QUOTA';
  cpu: number;
  memoryGib: number;
  storageGib: number;
  storageClass: StorageClass;
}

export type Item = NewItem | HostItem | NamespaceReturnItem | ZoneItem | QuotaItem;

export interface Order {
  system: string;
  pool: string;
  purpose: string;
  /** Of the hosts that it makes; none where it makes none. */
  termMonths?: number;
  items: Item[];
  expectedLoad?: string;
}

export type ApplicationState =
  | 'DRAFT'
  | 'DEPT_REVIEW'
  | 'PRECHECK'
  | 'TECH_REVIEW'
  | 'EXPERT_REVIEW'
  | 'BUREAU_APPROVAL'
  | 'AUTO_APPROVED'
  | 'APPROVED'
  | 'DELIVERING'
  | 'PARTIAL'
  | 'DELIVERED'
  | 'CLOSED'
  | 'RETURNED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'EXPIRED';

/** What people may say of an application. */
export type Command =
  | 'SUBMIT'
  | 'APPROVE'
  | 'REFER'
  | 'OPINE'
  | 'RETURN'
  | 'REJECT'
  | 'TRANSFER'
  | 'CO_SIGN'
  | 'RELEASE'
  | 'SIGN'
  | 'WITHDRAW'
  | 'RETRY'
  | 'CANCEL'
  | 'CONFIRM';

/** Who acts in which part of the workflow. */
export type Part = 'APPLICANT' | 'UNIT_OWNER' | 'REVIEWER' | 'EXPERT' | 'BUREAU' | 'OPERATOR';

export type Opinion = 'FAVOURABLE' | 'UNFAVOURABLE';

/** What a person is in one application; he is nothing else in it. */
export type Duty =
  'SUBMITTER' | 'UNIT_APPROVER' | 'REVIEWER' | 'EXPERT' | 'BUREAU_APPROVER' | 'EXECUTOR';

/** Somebody who was asked to sign or for an opinion. */
export interface Answered {
  person: Ref;
  answered: boolean;
}

export interface TimelineEntry {
  at: string;
  revision: number;
  actor: Ref | null;
  onBehalfOf: Ref | null;
  other: Ref | null;
  command: string;
  from: ApplicationState | null;
  to: ApplicationState;
  opinion: Opinion | null;
  note: string | null;
  /** What the step has left of items, by their position in what was asked for. */
  cuts: {
    position: number;
    count: number;
    vcpu: number;
    memoryGib: number;
    storageGib: number;
    /** Null: all of them. */
    extras: Amounts | null;
  }[];
  cluster: string | null;
}

/** What became of an item. */
export interface DeliveryItem {
  /** In the application's items. */
  position: number;
  kind: Item['kind'];
  host: Ref | null;
  state: 'CAME' | 'PENDING' | 'FAILED';
  /** How many have not come: of new hosts so many, of anything else it. */
  missing: number;
  reason: string | null;
}

export interface Delivery {
  /** Null where nothing was to be made there, or larger. */
  cluster: string | null;
  namespace: string | null;
  lease: { epoch: number; observedEpoch: number | null; hard: Amounts } | null;
  hosts: (Ref & { state: HostState; reason: string | null })[];
  items: DeliveryItem[];
}

export interface Application {
  id: string;
  version: number;
  revision: number;
  number: string;
  state: ApplicationState;
  enteredAt: string;
  system: Ref & { code: string };
  unit: Ref;
  pool: string;
  purpose: string;
  termMonths: number | null;
  expectedLoad: string | null;
  items: Item[];
  amounts: Amounts;
  /** What was asked for, where a review has lowered it. */
  requested: { items: Item[]; amounts: Amounts } | null;
  submittedBy: Ref;
  submittedAt: string;
  assignee: Ref | null;
  decidedBy: Ref | null;
  decidedAt: string | null;
  deliveredAt: string | null;
  commands: Command[];
  asked: { signers: Answered[]; experts: Answered[]; quorum: number } | null;
  /** Who has which duty, for good; none in lists. */
  duties: { person: Ref; duty: Duty }[];
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

/** What the limits of the unit become of one resource. */
export interface OutlookRaise {
  resource: string;
  guaranteed: number;
  ceiling: number | null;
  guaranteedAfter: number;
  ceilingAfter: number | null;
  /** What the level above that is shortest lacks for it. */
  missing: number;
}

export interface Outlook {
  pool: { id: string };
  rows: OutlookRow[];
  path: QuotaLevel[];
  raise: OutlookRaise[];
}
