import { queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { ServerDraft } from './draft';

/** What the unit's people are writing, the latest first. */
export const draftsQuery = queryOptions({
  queryKey: ['/drafts'],
  queryFn: ({ signal }) => api<{ items: ServerDraft[] }>('/drafts', { signal }),
  staleTime: 0,
});
