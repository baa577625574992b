import type { Application } from '@/shared/api/applications';
import type { Host } from '@/shared/api/hosts';
import type { BusinessSystem, Environment, Me, Permission, Pool } from '@/shared/api/types';

const GIB = 2 ** 30;

export function person(...permissions: Permission[]): Me {
  return {
    id: '0199aaaa-0000-7000-8000-000000000001',
    login: 'chen',
    name: '陈志强',
    unit: { id: '0199aaaa-0000-7000-8000-0000000000u1', name: '江门市教育局' },
    roles: ['UNIT_STAFF'],
    permissions,
  };
}

export const system: BusinessSystem = {
  id: '0199bbbb-0000-7000-8000-000000000001',
  code: 'JM-0001',
  name: '学籍管理系统',
  unit: { id: '0199aaaa-0000-7000-8000-0000000000u1', name: '江门市教育局' },
  zone: 'extranet',
  xinchuangRequired: false,
  mlpsLevel: 3,
  mlpsFiling: '44070023001',
  builder: null,
};

export const pools: Pool[] = ['extranet-ordinary', 'extranet-domestic'].map((id) => ({
  id,
  zone: 'extranet',
  processor: id.split('-')[1] ?? '',
  node: { id: `node-${id}`, kind: 'POOL', name: id },
  rows: [
    { resource: 'cpuMillis', capacity: 100_000, committed: 40_000, locked: 8_000, free: 52_000 },
  ],
}));

export const environment: Environment = {
  mode: 'TRYOUT',
  version: '1.0.0',
  clusters: [{ name: 'jiangmen-extranet', simulated: true, reachable: true, pools: [] }],
  preparing: null,
};

export const application: Application = {
  id: '0199cccc-0000-7000-8000-000000000001',
  version: 3,
  revision: 1,
  number: 'A2026-000123',
  state: 'TECH_REVIEW',
  enteredAt: '2026-11-24T02:00:00Z',
  system: { id: system.id, code: system.code, name: system.name },
  unit: system.unit,
  pool: 'extranet-ordinary',
  purpose: '开学报名',
  termMonths: 12,
  expectedLoad: null,
  items: [{ kind: 'HOSTS', count: 2, vcpu: 4, memoryGib: 8, diskGib: 100, storageClass: 'ssd' }],
  amounts: { hosts: 2, cpuMillis: 8000, memoryBytes: 16 * GIB, 'storageBytes/ssd': 200 * GIB },
  requested: null,
  submittedBy: { id: 'p1', name: '陈志强' },
  submittedAt: '2026-11-24T01:00:00Z',
  assignee: null,
  decidedBy: null,
  decidedAt: null,
  deliveredAt: null,
  commands: ['APPROVE', 'REJECT'],
  asked: { signers: [], experts: [], quorum: 0 },
  duties: [],
  delivery: null,
  timeline: [],
};

/** One of the system's hosts: it runs, and its term ends soon. */
export function host(number: number, changed: Partial<Host> = {}): Host {
  return {
    id: `0199eeee-0000-7000-8000-00000000000${number}`,
    name: `school-000${number}`,
    version: 4,
    system: { id: system.id, name: system.name },
    unit: system.unit,
    pool: 'extranet-ordinary',
    vcpu: 2,
    memoryBytes: 4 * GIB,
    diskBytes: 40 * GIB,
    storageClass: 'ssd',
    disks: [],
    size: null,
    image: { code: 'openeuler', version: 1 },
    gpus: null,
    sshKeys: [],
    phase: 'EXPIRING',
    life: 'IN_USE',
    state: 'RUNNING',
    reason: null,
    addresses: [],
    conditions: [],
    cluster: 'c1',
    namespace: 'n1',
    deliveredAt: '2026-01-01T00:00:00Z',
    term: { end: '2026-12-01T00:00:00Z', standing: 'EXPIRING', daysLeft: 6 },
    restorableUntil: null,
    refusal: null,
    commands: ['STOP', 'RESIZE'],
    ...changed,
  };
}
