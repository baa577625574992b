import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '@/shared/api/http';
import type { Page } from '@/shared/api/types';

const DEFAULT_LIMIT = 20;
export const LIMITS = [20, 50, 100, 200];

interface Options {
  sort?: string;
  fixed?: Fixed;
  view?: string[];
}

type Change = (next: (before: URLSearchParams) => URLSearchParams) => void;

/**
 * A list of the server, with its search, filters and order kept in the address of the page, so that
 * it can be sent to a colleague.
 */
export function useList<T>(path: string, options: Options = {}) {
  const [search, setSearch] = useSearchParams();
  return usePages<T>(path, options, search, (next) => setSearch(next, { replace: true }));
}

/** The same in a dialog, which leaves the address of its page alone. */
export function useOwnList<T>(path: string, options: Options = {}) {
  const [search, setSearch] = useState(() => new URLSearchParams());
  return usePages<T>(path, options, search, setSearch);
}

/** Cursors only lead forward: the way back is remembered here. */
function usePages<T>(path: string, options: Options, search: URLSearchParams, change: Change) {
  const [limit, setLimit] = useState(DEFAULT_LIMIT);
  // What says how the page looks is no filter: nobody clears it by clearing those.
  const view = options.view ?? [];
  const filters = Object.fromEntries(search);
  const asked = { ...filters, ...options.fixed };
  const sort = search.get('sort') ?? options.sort;
  const whole = { ...asked, ...(sort ? { sort } : {}), limit };
  const identity = JSON.stringify(whole);
  const [trail, setTrail] = useState<{ identity: string; cursors: string[] }>({
    identity,
    cursors: [],
  });
  const cursors = trail.identity === identity ? trail.cursors : [];
  const cursor = cursors.at(-1);

  const query = useQuery({
    queryKey: [path, whole, cursor],
    queryFn: ({ signal }) => api<Page<T>>(path, { query: { ...whole, cursor }, signal }),
    placeholderData: keepPreviousData,
  });

  const next = query.data?.next ?? null;
  return {
    query,
    items: query.data?.items ?? [],
    total: query.data?.total ?? null,
    atLeast: query.data?.atLeast ?? false,
    asked: { ...asked, ...(sort ? { sort } : {}) },
    filters,
    filtered: Object.keys(filters).some((name) => name !== 'sort' && !view.includes(name)),
    sort,
    page: cursors.length + 1,
    limit,
    setLimit,
    hasNext: next !== null && !query.isPlaceholderData,
    forward: () => next && setTrail({ identity, cursors: [...cursors, next] }),
    backward: () => setTrail({ identity, cursors: cursors.slice(0, -1) }),
    /** Sets filters; an empty one goes away. */
    set: (changes: Record<string, string | undefined>) =>
      change((before) => withChanges(before, changes)),
    clear: () =>
      change((before) => new URLSearchParams([...before].filter(([name]) => view.includes(name)))),
  };
}

/** An address with other members; an empty one goes away. */
export function withChanges(
  before: URLSearchParams,
  changes: Record<string, string | undefined>,
): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    if (value) {
      after.set(name, value);
    } else {
      after.delete(name);
    }
  }
  return after;
}

type Fixed = Record<string, string | undefined>;

export type List<T> = ReturnType<typeof usePages<T>>;

/** What a list is narrowed by, whatever its rows are. */
export type Filtered = Pick<List<never>, 'filters' | 'set'>;
