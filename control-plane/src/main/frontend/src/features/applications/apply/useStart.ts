import { useQuery } from '@tanstack/react-query';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import type { Application } from '@/shared/api/applications';
import type { Template } from '../templates/templates';
import {
  newValues,
  valuesOf,
  withAdded,
  withTerm,
  type DraftValues,
  type ServerDraft,
} from './draft';
import { readLocal } from './localDraft';

/** What the address asks the form to begin with. */
export interface Source {
  /** Of the application to be, made here (UUIDv7): sent twice it creates one, not two. */
  id: string;
  revises: boolean;
  copy: string | null;
  template: string | null;
  system: string | null;
  /** What another page has filled it with. */
  filled: DraftValues | null;
  /** What another page adds to what is being written. */
  added: DraftValues | null;
}

export type Begin =
  | { kind: 'NEW' | 'LOCAL' | 'COPY' | 'TEMPLATE' | 'FILLED' }
  | { kind: 'DRAFT'; draft: ServerDraft };

const made = new Set<string>();

/** An id that nobody has asked the server about yet: it has nothing of it. */
export function makeId(): string {
  const id = uuid();
  made.add(id);
  return id;
}

export interface Start {
  id: string;
  /** Of the draft on the server; 0: it has none. */
  version: number;
  values: DraftValues;
  begin: Begin;
  /** The application that was returned and is changed now. */
  revised: Application | null;
}

/** Goes on with what was left, here or on the server; begins anew where nothing was. */
async function start(person: string, source: Source, signal: AbortSignal): Promise<Start> {
  const { id, added } = source;
  const revised = source.revises ? await api<Application>(`/applications/${id}`, { signal }) : null;
  const local = readLocal(person, id);
  if (local) {
    const { version, values } = local;
    return { id, version, values: withAdded(values, added), begin: { kind: 'LOCAL' }, revised };
  }
  const draft = made.delete(id) ? null : await findDraft(id, signal);
  if (draft) {
    const { version, content } = draft;
    const values = withAdded(content, added);
    return { id, version, values, begin: { kind: 'DRAFT', draft }, revised };
  }
  const fresh = { id, version: 0, revised };
  if (revised) {
    return { ...fresh, values: valuesOf(revised), begin: { kind: 'NEW' } };
  }
  const filled = source.filled ?? added;
  if (filled) {
    return { ...fresh, values: filled, begin: { kind: 'FILLED' } };
  }
  if (source.copy) {
    const earlier = await api<Application>(`/applications/${source.copy}`, { signal });
    return { ...fresh, values: valuesOf(earlier), begin: { kind: 'COPY' } };
  }
  if (source.template) {
    const { content } = await api<Template>(`/templates/${source.template}`, { signal });
    const values = { ...content, system: source.system ?? undefined };
    return { ...fresh, values, begin: { kind: 'TEMPLATE' } };
  }
  return { ...fresh, values: newValues(source.system ?? undefined), begin: { kind: 'NEW' } };
}

/** The draft of this id, if there is one of the own unit's. */
export async function findDraft(id: string, signal?: AbortSignal): Promise<ServerDraft | null> {
  try {
    return await api<ServerDraft>(`/drafts/${id}`, { signal });
  } catch (error) {
    if (isProblem(error) && error.status === 404) {
      return null;
    }
    throw error;
  }
}

/** Read once: what is typed afterwards must not be replaced under the typist's hands. */
export function useStart(person: string, source: Source) {
  return useQuery({
    queryKey: ['apply', person, source.id, source.revises],
    queryFn: async ({ signal }) => {
      const begun = await start(person, source, signal);
      return { ...begun, values: withTerm(begun.values) };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
