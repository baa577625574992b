import { queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { QuotaLevel } from '@/shared/api/types';

/** The quota of every level above a system in one pool, from the pool down to the system. */
export function quotaQuery(system: string, pool: string) {
  return queryOptions({
    queryKey: ['quota', system, pool],
    queryFn: ({ signal }) =>
      api<{ path: QuotaLevel[] }>(`/systems/${system}/quota`, { query: { pool }, signal }),
  });
}
