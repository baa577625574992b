import { byResource, resourceOf } from '@/shared/format/amounts';
import type { Format } from '@/shared/format/useFormat';
import type { Item } from '@/shared/api/applications';
import type { Amounts } from '@/shared/api/types';

const GIB = 2 ** 30;

/** What an order asks in total, as the server counts it; for showing only, the server decides. */
export function amountsOf(items: readonly Item[]): Amounts {
  const sum: Amounts = {};
  const add = (resource: string, amount: number) => {
    if (amount > 0) {
      sum[resource] = (sum[resource] ?? 0) + amount;
    }
  };
  for (const item of items) {
    switch (item.kind) {
      case 'HOSTS':
        add('hosts', item.count);
        add('cpuMillis', item.count * item.vcpu * 1000);
        add('memoryBytes', item.count * item.memoryGib * GIB);
        add(`storageBytes/${item.storageClass}`, item.count * item.diskGib * GIB);
        break;
      case 'NAMESPACE':
        add('cpuMillis', item.cpu * 1000);
        add('memoryBytes', item.memoryGib * GIB);
        add(`storageBytes/${item.storageClass}`, item.storageGib * GIB);
        for (const [resource, amount] of Object.entries(item.extras ?? {})) {
          add(resource, amount);
        }
        break;
      case 'RESIZE':
        add('cpuMillis', (item.vcpu - (item.before?.vcpu ?? item.vcpu)) * 1000);
        add('memoryBytes', (item.memoryGib - (item.before?.memoryGib ?? item.memoryGib)) * GIB);
        break;
      case 'DISK':
        add(`storageBytes/${item.storageClass}`, item.diskGib * GIB);
        break;
      case 'MOVE':
        add('hosts', 1);
        add('cpuMillis', (item.vcpu ?? 0) * 1000);
        add('memoryBytes', (item.memoryGib ?? 0) * GIB);
        add(`storageBytes/${item.storageClass}`, (item.diskGib ?? 0) * GIB);
        for (const { bytes, storageClass } of item.disks ?? []) {
          add(`storageBytes/${storageClass}`, bytes);
        }
        break;
      case 'RENEWAL':
      case 'RETURN':
      case 'NAMESPACE_RETURN':
      case 'ZONE':
      case 'QUOTA':
        break;
    }
  }
  return sum;
}

/** Amounts as an item says room: whole units, rounded so, and of one storage class. */
export function roomOf(amounts: Amounts, rounded: (units: number) => number) {
  const storage = Object.keys(amounts).find((code) => resourceOf(code).base === 'storageBytes');
  const of = (code: string, unit: number) => rounded((amounts[code] ?? 0) / unit);
  return {
    cpu: of('cpuMillis', 1000),
    memoryGib: of('memoryBytes', GIB),
    storageGib: storage === undefined ? 0 : of(storage, GIB),
    storageClass: storage === undefined ? 'ssd' : resourceOf(storage).variant,
  };
}

export function entriesOf(amounts: Amounts): [string, number][] {
  return Object.entries(amounts)
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => byResource(a, b));
}

/** One line, such as `4 vCPU · 8 GiB · 100 GiB SSD`. */
export function amountsLine(amounts: Amounts, format: Format): string {
  return entriesOf(amounts)
    .map(([resource, amount]) => format.named(resource, amount))
    .join(' · ');
}
