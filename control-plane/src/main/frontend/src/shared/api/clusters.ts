import type { Amounts, Ref } from './types';

export type MemberState = 'ACTIVE' | 'FENCED' | 'WRITTEN_OFF' | 'READMITTING';
export type ClusterCommandKind = 'FENCE' | 'WRITE_OFF' | 'READMIT';

/** A member cluster with what its leases are charged; amounts in pod units. */
export interface MemberCluster {
  name: string;
  connected: boolean;
  reachable: boolean;
  simulated: boolean;
  state: MemberState;
  since: string;
  pools: string[];
  leases: number;
  committed: Amounts;
  used: Amounts;
  debt: Amounts;
  lastCommand: {
    id: string;
    command: ClusterCommandKind;
    reason: string;
    by: Ref;
    at: string;
  } | null;
}
