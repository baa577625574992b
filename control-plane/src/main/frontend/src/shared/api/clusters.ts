import type { Amounts, Ref } from './types';

export type MemberState = 'ACTIVE' | 'FENCED' | 'WRITTEN_OFF' | 'READMITTING';
export type Scheduling = 'OPEN' | 'CORDONED' | 'DRAINING';
export type ClusterCommandKind =
  'FENCE' | 'WRITE_OFF' | 'READMIT' | 'CORDON' | 'UNCORDON' | 'DRAIN';
export type HealthStatus = 'HEALTHY' | 'DEGRADED' | 'UNAVAILABLE' | 'UNKNOWN';
export type CheckOutcome = 'PASSED' | 'WARNING' | 'FAILED' | 'SKIPPED';

/** Something that is wrong with a cluster; the texts are the server's. */
export interface ClusterSymptom {
  kind: string;
  since: string;
  detail: string;
  text: string;
  todo: string;
}

export type CheckSubject =
  | 'REACH'
  | 'CREDENTIALS'
  | 'VERSION'
  | 'IDENTITY'
  | 'CLOCK'
  | 'PERMISSIONS'
  | 'GUARDS'
  | 'KUBEVIRT'
  | 'CDI'
  | 'NODES';

/** One thing that was looked into; the texts are the server's. */
export interface ClusterCheck {
  subject: CheckSubject;
  outcome: CheckOutcome;
  code: string;
  text: string;
  todo: string;
}

/** What the nodes offered when they were read last. */
export interface ClusterCapacity {
  nodes: number;
  ready: number;
  open: number;
  allocatable: Amounts;
  shares: { processor: 'ordinary' | 'domestic' | null; nodes: number; allocatable: Amounts }[];
  readAt: string;
}

/** A member cluster with what its leases are charged; amounts in pod units. */
export interface MemberCluster {
  name: string;
  displayName: string | null;
  connected: boolean;
  registered: boolean;
  server: string | null;
  kubernetes: string | null;
  reachable: boolean;
  simulated: boolean;
  health: { status: HealthStatus; symptoms: ClusterSymptom[] };
  state: MemberState;
  since: string;
  scheduling: Scheduling;
  schedulingSince: string | null;
  pools: string[];
  leases: number;
  committed: Amounts;
  used: Amounts;
  debt: Amounts;
  capacity: ClusterCapacity | null;
  declared: { id: string; amounts: Amounts; reason: string; by: Ref; at: string } | null;
  /** Declared less what the nodes offer. */
  differences: Amounts;
  lastCommand: {
    id: string;
    command: ClusterCommandKind;
    reason: string;
    by: Ref;
    at: string;
  } | null;
}

/** A namespace on a cluster, as whoever wants to empty it sees it. */
export interface ClusterOccupant {
  system: string;
  code: string;
  name: string;
  unitName: string;
  pool: string;
  namespace: string;
  charged: Amounts;
  used: Amounts;
  hosts: number;
}

/** How far a cluster is emptied. */
export interface DrainProgress {
  namespaces: number;
  empty: number;
  hosts: number;
}

/** Why what was ordered for a system waits, where that is a cluster's fault. */
export interface SystemWait {
  cluster: string;
  pool: string;
  namespace: string;
  settled: boolean;
  state: MemberState;
  symptom: string | null;
  since: string | null;
  text: string;
}
