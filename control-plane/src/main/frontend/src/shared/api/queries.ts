import { QueryClient, useQuery } from '@tanstack/react-query';
import { api } from './http';
import type { ProtectionPeriod } from './instant';
import { Problem } from './problem';
import type { RankingMonth } from './ranking';
import type { Environment, Me, Page, Permission, Pool } from './types';

/**
 * Everything read from the server, kept by address. A problem is an answer: it is not asked again.
 * What a browser takes for being offline tells nothing of a server in the same house: everything is
 * sent, and what does not arrive is said so instead of waiting silently.
 */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof Problem && error.status < 500),
      },
    },
  });
}

const WORKING = 1_500;
const QUIET = 60_000;

export function useEnvironment() {
  return useQuery({
    queryKey: ['environment'],
    queryFn: ({ signal }) => api<Environment>('/environment', { signal }),
    refetchInterval: (query) => (isPreparing(query.state.data) ? WORKING : QUIET),
  });
}

/** Whether the try-out still works on its sample city. */
export function isPreparing(environment: Environment | undefined): boolean {
  return Boolean(environment?.preparing && environment.preparing.step !== 'DONE');
}

export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => api<Me>('/me', { signal }),
    staleTime: 5 * 60_000,
  });
}

/** Times in which everything goes to people and hosts stay as they are, for whoever may see them. */
export function useProtectionPeriods() {
  const may = useMay();
  return useQuery({
    queryKey: ['/protection-periods'],
    queryFn: ({ signal }) => api<{ items: ProtectionPeriod[] }>('/protection-periods', { signal }),
    enabled: may('APPLICATION_READ'),
    refetchInterval: QUIET,
  });
}

/** What the person may do; nothing until that is known. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useMe();
  return (permission) => data?.permissions.includes(permission) ?? false;
}

export function usePools() {
  return useQuery({
    queryKey: ['pools'],
    queryFn: ({ signal }) => api<Pick<Page<Pool>, 'items'>>('/pools', { signal }),
  });
}

const STORAGE = 'storageBytes/';

/** The storage classes of a pool, or of all of them while none is chosen. */
export function useStorageClasses(pool?: string): string[] {
  const { data } = usePools();
  const rows =
    data?.items.filter(({ id }) => !pool || id === pool).flatMap((one) => one.rows) ?? [];
  const classes = rows
    .map(({ resource }) => resource)
    .filter((resource) => resource.startsWith(STORAGE))
    .map((resource) => resource.slice(STORAGE.length));
  return [...new Set(classes)].sort();
}

export function useRankingMonths(enabled = true) {
  return useQuery({
    queryKey: ['rankings'],
    queryFn: ({ signal }) => api<{ items: RankingMonth[] }>('/rankings', { signal }),
    enabled,
  });
}
