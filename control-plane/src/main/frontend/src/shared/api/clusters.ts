import type { Amounts, Ref } from './types';

export type MemberState = 'ACTIVE' | 'FENCED' | 'WRITTEN_OFF' | 'READMITTING' | 'DEREGISTERED';
export type Scheduling = 'OPEN' | 'CORDONED' | 'DRAINING';
export type ClusterCommandKind =
  | 'FENCE'
  | 'WRITE_OFF'
  | 'READMIT'
  | 'CORDON'
  | 'UNCORDON'
  | 'DRAIN'
  | 'RELEASE'
  | 'ACCEPT_IDENTITY'
  | 'DEREGISTER';
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

/** How a cluster is, as all servers have met it. */
export interface ClusterHealth {
  status: HealthStatus;
  symptoms: ClusterSymptom[];
  /** Whose word counts: the worst of those that are fresh. */
  server: string | null;
  observedAt: string | null;
  /** No server has said anything lately. */
  stale: boolean;
  observations: { server: string; status: HealthStatus; observedAt: string; stale: boolean }[];
}

/** What keeps a cluster from being deregistered, or stays behind on it. */
export interface ClusterRemaining {
  hosts: number;
  leases: number;
  namespaces: number;
}

/** What is made again on a cluster that was set up anew. */
export interface ClusterRemade {
  namespaces: number;
  hosts: number;
  running: number;
  committed: Amounts;
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
  health: ClusterHealth;
  /** Where another cluster answers in its place: which. */
  identity: { known: string; found: string; since: string } | null;
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
