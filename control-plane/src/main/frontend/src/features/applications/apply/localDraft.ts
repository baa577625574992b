import type { DraftValues } from './draft';

/** What could not be saved on the server, kept on this computer until it can. */
export interface LocalDraft {
  id: string;
  /** Of the server's draft that it was written upon; 0: the server has none. */
  version: number;
  values: DraftValues;
  at: string;
}

const PREFIX = 'yuntai.draft';

const keyOf = (person: string, id: string) => `${PREFIX}.${person}.${id}`;

function read(key: string): LocalDraft | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(key) ?? 'null') as LocalDraft | null;
    return kept && typeof kept.id === 'string' && typeof kept.values === 'object' ? kept : null;
  } catch {
    return null;
  }
}

export function readLocal(person: string, id: string): LocalDraft | null {
  return read(keyOf(person, id));
}

/** All that this person left here, the latest first. */
export function listLocal(person: string): LocalDraft[] {
  return Object.keys(window.localStorage)
    .filter((key) => key.startsWith(`${PREFIX}.${person}.`))
    .map(read)
    .filter((draft) => draft !== null)
    .sort((a, b) => b.at.localeCompare(a.at));
}

/** False where the browser keeps nothing. */
export function keepLocally(person: string, draft: Omit<LocalDraft, 'at'>): boolean {
  try {
    const kept: LocalDraft = { ...draft, at: new Date().toISOString() };
    window.localStorage.setItem(keyOf(person, draft.id), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function dropLocal(person: string, id: string): void {
  window.localStorage.removeItem(keyOf(person, id));
}
