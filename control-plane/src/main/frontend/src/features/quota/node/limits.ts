import type { LimitValue, QuotaNodeRow } from '@/shared/api/quota';
import { resourceOf } from '@/shared/format/amounts';

const GIB = 2 ** 30;

/** What is typed for one resource: vCPU, GiB or a count; an empty ceiling is none. */
export interface LimitField {
  guaranteed?: number | null;
  ceiling?: number | null;
}

export interface LimitForm {
  /** By the order of the rows; missing until the fields are there. */
  limits?: LimitField[];
}

interface Row extends LimitValue {
  resource: string;
}

/** How a node stands in a resource that it has no limits in. */
export const nothingOf = (resource: string): QuotaNodeRow => ({
  resource,
  guaranteed: 0,
  ceiling: null,
  committed: 0,
  handedOut: 0,
  granted: 0,
  locked: 0,
  used: 0,
  free: null,
  debt: 0,
  debtSince: null,
});

/** How many base units are one of what people type. */
export function factorOf(resource: string): number {
  switch (resourceOf(resource).base) {
    case 'cpuMillis':
      return 1000;
    case 'memoryBytes':
    case 'storageBytes':
      return GIB;
    default:
      return 1;
  }
}

export function formOf(rows: Row[]): Required<LimitForm> {
  return {
    limits: rows.map(({ resource, guaranteed, ceiling }) => ({
      guaranteed: guaranteed / factorOf(resource),
      ceiling: ceiling === null ? null : ceiling / factorOf(resource),
    })),
  };
}

/** The limits that were changed, in base units, by resource; a pool has its capacity and no more. */
export function changesOf(
  form: LimitForm,
  rows: Row[],
  isPool: boolean,
): Record<string, LimitValue> {
  const changes: Record<string, LimitValue> = {};
  rows.forEach((row, index) => {
    const field = form.limits?.[index];
    if (field) {
      const base = (value: number) => Math.round(value * factorOf(row.resource));
      const ceiling =
        field.ceiling === null || field.ceiling === undefined ? null : base(field.ceiling);
      const guaranteed = isPool ? (ceiling ?? 0) : base(field.guaranteed ?? 0);
      if (ceiling !== row.ceiling || (!isPool && guaranteed !== row.guaranteed)) {
        changes[row.resource] = { guaranteed, ceiling };
      }
    }
  });
  return changes;
}
