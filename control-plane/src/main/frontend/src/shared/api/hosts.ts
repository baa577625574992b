import type { Amounts, NodeRef, Ref } from './types';

/** What people may ask of a host. */
export type HostCommandKind =
  | 'START'
  | 'STOP'
  | 'RESTART'
  | 'RESIZE'
  | 'ADD_DISK'
  | 'REBUILD'
  | 'RECYCLE'
  | 'RESTORE'
  | 'PROPOSE_DESTRUCTION'
  | 'DESTROY';

export interface HostStep {
  version: number;
  at: string;
  by: Ref | null;
  command: string;
  from: HostLife;
  to: HostLife;
  note: string;
}

/** States that a host was destroyed; the digest is SHA-256 of the content. */
export interface HostCertificate {
  number: number;
  at: string;
  content: string;
  digest: string;
}

export interface CatalogueRef {
  code: string;
  version: number;
}

export interface HostSize {
  ref: CatalogueRef;
  name: string;
  vcpu: number;
  memoryGib: number;
  gpus: { model: string; count: number } | null;
  processor: string | null;
  retired: boolean;
}

export type ImageFamily = 'LINUX' | 'WINDOWS';
export type ImageSource = 'CONTAINER_DISK' | 'REGISTRY' | 'HTTP';

export interface HostImage {
  ref: CatalogueRef;
  name: string;
  os: string;
  family: ImageFamily;
  source: ImageSource;
  location: string;
  minimumDiskGib: number;
  retired: boolean;
}

/** What a host's cluster makes of it. */
export type HostState = 'PROVISIONING' | 'RUNNING' | 'STOPPED' | 'FAILED' | 'GONE';

/** What people mean a host to be. */
export type HostLife =
  | 'PROVISIONING'
  | 'TRIAL'
  | 'IN_USE'
  | 'CHANGING'
  | 'STOPPED'
  | 'RECYCLE_BIN'
  | 'DESTROYING'
  | 'DESTROYED';

/** The same, with how near its end is. */
export type HostPhase = HostLife | 'EXPIRING' | 'FROZEN';

/** Until when it can be used: as long as it was applied for, or its trial before it is confirmed. */
export interface HostTerm {
  end: string;
  standing: 'CURRENT' | 'EXPIRING' | 'ENDED' | 'FROZEN';
  daysLeft: number;
}

export interface Host extends Ref {
  version: number;
  system: Ref;
  unit: Ref;
  pool: string;
  vcpu: number;
  memoryBytes: number;
  diskBytes: number;
  storageClass: string;
  disks: { position: number; bytes: number; storageClass: string }[];
  size: CatalogueRef | null;
  image: CatalogueRef | null;
  gpus: { model: string; count: number } | null;
  sshKeys: string[];
  phase: HostPhase;
  life: HostLife;
  state: HostState;
  reason: string | null;
  addresses: string[];
  conditions: string[];
  cluster: string;
  namespace: string;
  deliveredAt: string | null;
  term: HostTerm | null;
  restorableUntil: string | null;
  refusal: { level: NodeRef; resource: string; asked: number; free: number } | null;
  commands: HostCommandKind[];
}

export const MIGRATION_STATES = [
  'WAITING',
  'CLOSING',
  'CLOSED',
  'GRANTED',
  'MOVING',
  'RELEASING',
  'ENDED',
] as const;
export type MigrationState = (typeof MIGRATION_STATES)[number];

/** A host that is moved to another node of its cluster while it runs. */
export interface Migration {
  id: string;
  host: Ref;
  system: Ref;
  cluster: string;
  namespace: string;
  state: MigrationState;
  /** Whether the infrastructure pays for the second launcher now. */
  charged: boolean;
  /** What that takes. */
  surge: Amounts;
  orderedAt: string;
  since: string;
  /** Nodes; null while the cluster has not said. */
  from: string | null;
  to: string | null;
  /** Why it waits, or ended as it did. */
  reason: string | null;
}

/** The same, as the host itself has it. */
export type HostMigration = Pick<
  Migration,
  'id' | 'state' | 'surge' | 'since' | 'from' | 'to' | 'reason'
>;
