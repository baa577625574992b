import { queryOptions } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { BusinessSystem } from '@/shared/api/types';

export function systemQuery(id: string) {
  return queryOptions({
    queryKey: ['/systems', 'one', id],
    queryFn: ({ signal }) => api<BusinessSystem>(`/systems/${id}`, { signal }),
  });
}
