import type {
  Application,
  HostsItem,
  Item,
  NamespaceItem,
  NewItem,
  Order,
  QuotaItem,
} from '@/shared/api/applications';
import type { Ref } from '@/shared/api/types';

/** What has been filled in so far; anything may still be missing. */
export interface DraftValues {
  system?: string | undefined;
  pool?: string | undefined;
  purpose?: string | undefined;
  expectedLoad?: string | undefined;
  /** Of the hosts that are made; nothing else has one. */
  termMonths?: number | null | undefined;
  items?: Partial<Item>[] | undefined;
}

/** A draft as the server keeps it, for everybody of the unit. */
export interface ServerDraft {
  /** Of the application that it becomes. */
  id: string;
  version: number;
  content: DraftValues;
  savedBy: Ref;
  savedAt: string;
  /** The number of the application that it revises. */
  revises: string | null;
}

/** What its writer calls it so far. */
export function nameOf({ content }: ServerDraft): string | undefined {
  const purpose = content.purpose?.trim();
  return purpose === '' ? undefined : purpose;
}

/** Where the form goes on with it. */
export function addressOf({ id, revises }: ServerDraft): string {
  return `/applications/new?${revises ? 'revise' : 'draft'}=${id}`;
}

/** A form with the items of another added to it; the system and the pool of that, where it has none yet. */
export function withAdded(values: DraftValues, added: DraftValues | null): DraftValues {
  return added === null
    ? values
    : { ...added, ...values, items: [...(values.items ?? []), ...(added.items ?? [])] };
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

export const DEFAULT_QUOTA: QuotaItem = { ...DEFAULT_NAMESPACE, kind: 'QUOTA' };

/** Of hosts, in months. */
const DEFAULT_TERM = 12;

/** With a term for hosts, whether there are any yet or are added later. */
export function withTerm(values: DraftValues): DraftValues {
  return values.termMonths === undefined ? { ...values, termMonths: DEFAULT_TERM } : values;
}

/** Of a data disk, in GiB. */
export const DEFAULT_DISK = 100;

export function newValues(system?: string): DraftValues {
  return { system, items: [DEFAULT_HOSTS] };
}

/** What an application asked for, to be asked for again; user data are never told by the server. */
export function valuesOf(application: Application): DraftValues {
  const { system, pool, purpose, expectedLoad, termMonths, items, requested } = application;
  return {
    system: system.id,
    pool,
    purpose,
    expectedLoad: expectedLoad ?? undefined,
    ...(termMonths === null ? {} : { termMonths }),
    items: (requested?.items ?? items).map(whole),
  };
}

/** The members that its kind has, and none of those that came as null. */
export function whole(item: Item): Item {
  return Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== null),
  ) as unknown as Item;
}

/** Whether it is to be made, and not about what is there. */
export function isNew(item: Partial<Item>): item is Partial<NewItem> {
  return item.kind === 'HOSTS' || item.kind === 'NAMESPACE';
}

/** Whether it makes a host, the term of which begins with the confirmation of its delivery. */
export function beginsTerm({ kind }: Partial<Item>): boolean {
  return kind === 'HOSTS' || kind === 'MOVE';
}

/** What may be kept: user data can hold passwords, and colleagues read drafts. */
export function keepable({ termMonths, ...values }: DraftValues): DraftValues {
  return {
    ...values,
    ...(values.items?.some(beginsTerm) ? { termMonths } : {}),
    ...(values.items
      ? {
          items: values.items.map((item) =>
            Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'userData')),
          ),
        }
      : {}),
  };
}

/** The order, once nothing that decides whether it fits is missing; the server judges the rest. */
export function orderOf(values: DraftValues): Order | null {
  const { system, pool, purpose, expectedLoad, termMonths, items = [] } = values;
  const hasTerm = items.some(beginsTerm);
  if (!system || !pool || (hasTerm && !termMonths) || items.length === 0) {
    return null;
  }
  const complete = items.filter(isWhole);
  if (complete.length !== items.length) {
    return null;
  }
  const load = expectedLoad?.trim();
  return {
    system,
    pool,
    purpose: purpose?.trim() ?? '',
    ...(hasTerm && termMonths ? { termMonths } : {}),
    items: complete,
    ...(load ? { expectedLoad: load } : {}),
  };
}

/** The items of an unfinished form that can be counted. */
export function itemsOf({ items = [] }: DraftValues): Item[] {
  return items.filter(isWhole);
}

const ROOM = ['storageClass', 'cpu', 'memoryGib', 'storageGib'] as const;

/** What names what an item is about, and the figures it needs beside. */
const MEMBERS = {
  HOSTS: ['storageClass', 'count', 'vcpu', 'memoryGib', 'diskGib'],
  NAMESPACE: ROOM,
  RESIZE: ['host', 'vcpu', 'memoryGib'],
  DISK: ['host', 'diskGib'],
  RENEWAL: ['host', 'months'],
  RETURN: ['host'],
  MOVE: ['host'],
  NAMESPACE_RETURN: ['cluster'],
  ZONE: ['fromZone'],
  QUOTA: ROOM,
} as const;

function isWhole(item: Partial<Item>): item is Item {
  const members = item as Partial<Record<string, unknown>>;
  return (
    item.kind !== undefined &&
    [
      ...MEMBERS[item.kind],
      ...(item.kind === 'NAMESPACE_RETURN' && item.whole !== true ? ROOM : []),
    ].every((name) => members[name] !== undefined && members[name] !== null) &&
    // One that was taken away may leave its name behind; one that was emptied is null.
    Object.values((item as Partial<NamespaceItem>).extras ?? {})
      .filter((amount: number | undefined) => amount !== undefined)
      .every(Number.isInteger)
  );
}
