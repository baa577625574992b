import { queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { NodeOnPath, QuotaNode } from '@/shared/api/quota';
import type { Page, QuotaLevel } from '@/shared/api/types';

/** The quota of every level above a system in one pool, from the pool down to the system. */
export function quotaQuery(system: string, pool: string) {
  return queryOptions({
    queryKey: ['quota', system, pool],
    queryFn: ({ signal }) =>
      api<{ path: QuotaLevel[] }>(`/systems/${system}/quota`, { query: { pool }, signal }),
  });
}

/** A node with the levels above it that this person may see. */
export function nodeQuery(id: string) {
  return queryOptions({
    queryKey: ['/quota/nodes', 'one', id],
    queryFn: ({ signal }) => api<NodeOnPath>(`/quota/nodes/${id}`, { signal }),
  });
}

/** The highest nodes that this person may see, one a pool, or one a pool of the own unit. */
export function topQuery() {
  return queryOptions({
    queryKey: ['/quota/nodes', 'top'],
    queryFn: ({ signal }) =>
      api<Page<QuotaNode>>('/quota/nodes', { query: { limit: 200 }, signal }),
  });
}

/** The nodes of a unit or of a system, one a pool. */
export function nodesOfQuery(kind: 'units' | 'systems', id: string) {
  return queryOptions({
    queryKey: ['/quota', kind, id],
    queryFn: ({ signal }) => api<{ items: QuotaNode[] }>(`/quota/${kind}/${id}/nodes`, { signal }),
  });
}
