import {
  DEFAULT_DISK,
  type DraftValues,
  type ServerDraft,
} from '@/features/applications/apply/draft';
import type { HostItem } from '@/shared/api/applications';
import type { Host } from '@/shared/api/hosts';

export const ORDERS: HostItem['kind'][] = ['RESIZE', 'DISK', 'RENEWAL', 'MOVE', 'RETURN'];

/** As many items as one application takes. */
export const MOST_ITEMS = 50;

const GIB = 2 ** 30;
const TERM = 12;

/** Whether something can be applied for it; a term begins only with its owner's confirmation. */
export function isOrderable(host: Host, kind?: HostItem['kind']): boolean {
  switch (host.life) {
    case 'IN_USE':
    case 'STOPPED':
      return true;
    case 'TRIAL':
      return kind !== 'RENEWAL';
    case 'PROVISIONING':
    case 'CHANGING':
    case 'RECYCLE_BIN':
    case 'DESTROYING':
    case 'DESTROYED':
      return false;
  }
}

/** Where hosts move to; with the zone that their system leaves when it changes to another. */
export interface Target {
  pool?: string | undefined;
  image?: string | undefined;
  fromZone?: string | undefined;
}

/** What the form begins with: an item for each of these hosts of one system and pool. */
export function orderFor(kind: HostItem['kind'], hosts: Host[], to: Target = {}): DraftValues {
  const [first] = hosts;
  return {
    system: first?.system.id,
    pool: to.pool ?? first?.pool,
    items: [
      ...(to.fromZone ? [{ kind: 'ZONE' as const, fromZone: to.fromZone }] : []),
      ...hosts.map((host) => itemFor(kind, host, to.image)),
    ],
  };
}

export function itemFor(kind: HostItem['kind'], host: Host, image?: string): HostItem {
  const memoryGib = host.memoryBytes / GIB;
  const of = {
    host: host.id,
    hostName: host.name,
    storageClass: host.storageClass,
  };
  switch (kind) {
    case 'RESIZE':
      return {
        kind,
        ...of,
        vcpu: host.vcpu,
        memoryGib,
        before: { vcpu: host.vcpu, memoryGib },
      };
    case 'DISK':
      return { kind, ...of, diskGib: DEFAULT_DISK };
    case 'RENEWAL':
      return { kind, ...of, months: TERM };
    case 'MOVE':
      return {
        kind,
        ...of,
        fromPool: host.pool,
        vcpu: host.vcpu,
        memoryGib,
        diskGib: host.diskBytes / GIB,
        disks: host.disks,
        ...(image ? { image } : {}),
      };
    case 'RETURN':
      return { kind, ...of };
  }
}

/** Whether an item of this kind for each of these hosts of one system and pool can be added to a draft. */
export function takes({ content }: ServerDraft, kind: HostItem['kind'], hosts: Host[]): boolean {
  const { system, pool, items = [] } = content;
  const named = items.map((item) => ('host' in item ? item.host : undefined));
  return (
    items.length + hosts.length <= MOST_ITEMS &&
    hosts.every(
      (host) =>
        !named.includes(host.id) &&
        (system ?? host.system.id) === host.system.id &&
        // What moves goes to the draft's pool; everything else is about hosts that are in it.
        (kind === 'MOVE' ? Boolean(pool) && pool !== host.pool : (pool ?? host.pool) === host.pool),
    )
  );
}
