import type { NodeRef } from './types';

export interface AdoptedMachine {
  name: string;
  vcpu: number;
  memoryBytes: number;
  diskBytes: number;
  disks: number;
  running: boolean;
}

/** What becomes of something that others governed a namespace by. */
export interface AdoptionNote {
  fate: 'REPLACED' | 'STAYS';
  kind: string;
  name: string;
  content: string;
}

export interface AdoptedNamespace {
  cluster: string;
  namespace: string;
  system: string;
  systemCode: string;
  pool: string;
  /** Of the system's unit, by resource, in base units. */
  charged: Record<string, number>;
  /** Of the pool's infrastructure. */
  launchers: Record<string, number>;
  hosts: AdoptedMachine[];
  notes: AdoptionNote[];
  /** Null: its cluster does not hold all of it yet. */
  doneAt: string | null;
}

export interface AdoptionDebt {
  node: NodeRef;
  resource: string;
  ceiling: number;
  held: number;
  amount: number;
}

/** What was taken over by one file. */
export interface Adoption {
  id: string;
  fileName: string;
  adoptedBy: { id: string; name: string };
  adoptedAt: string;
  namespaces: AdoptedNamespace[];
  debts: AdoptionDebt[];
}
