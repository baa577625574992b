import { v7 as uuid } from 'uuid';
import type { HostsItem, Item, NamespaceItem, Order } from '@/shared/api/applications';

/** What has been filled in so far; anything may still be missing. */
export interface DraftValues {
  system?: string | undefined;
  pool?: string | undefined;
  purpose?: string | undefined;
  termMonths?: number | null | undefined;
  items?: Partial<Item>[] | undefined;
}

export interface Draft {
  /**
   * The id of the application to be, made here (UUIDv7): sending it twice after a lost answer
   * creates one application, not two.
   */
  id: string;
  values: DraftValues;
}

export const DEFAULT_HOSTS: HostsItem = {
  kind: 'HOSTS',
  count: 1,
  vcpu: 4,
  memoryGib: 8,
  diskGib: 100,
  storageClass: 'ssd',
};

export const DEFAULT_NAMESPACE: NamespaceItem = {
  kind: 'NAMESPACE',
  cpu: 8,
  memoryGib: 16,
  storageGib: 100,
  storageClass: 'ssd',
};

export function newDraft(system?: string): Draft {
  return {
    id: uuid(),
    values: { system, termMonths: 12, items: [DEFAULT_HOSTS] },
  };
}

const key = (person: string) => `yuntai.draft.${person}`;

/** The draft this person left on this computer, if it can still be read. */
export function readDraft(person: string): Draft | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(key(person)) ?? 'null') as Draft | null;
    return kept && typeof kept.id === 'string' && typeof kept.values === 'object' ? kept : null;
  } catch {
    return null;
  }
}

export function keepDraft(person: string, draft: Draft): void {
  window.localStorage.setItem(key(person), JSON.stringify(draft));
}

export function dropDraft(person: string): void {
  window.localStorage.removeItem(key(person));
}

/** The order, once nothing that decides whether it fits is missing; the server judges the rest. */
export function orderOf(values: DraftValues): Order | null {
  const { system, pool, purpose, termMonths, items = [] } = values;
  if (!system || !pool || !termMonths || items.length === 0) {
    return null;
  }
  const whole = items.filter(isWhole);
  if (whole.length !== items.length) {
    return null;
  }
  return { system, pool, purpose: purpose?.trim() ?? '', termMonths, items: whole };
}

const FIGURES = {
  HOSTS: ['count', 'vcpu', 'memoryGib', 'diskGib'],
  NAMESPACE: ['cpu', 'memoryGib', 'storageGib'],
} as const;

function isWhole(item: Partial<Item>): item is Item {
  const figures = item as Partial<Record<string, unknown>>;
  return (
    item.kind !== undefined &&
    item.storageClass !== undefined &&
    FIGURES[item.kind].every((name) => Number.isInteger(figures[name]))
  );
}
