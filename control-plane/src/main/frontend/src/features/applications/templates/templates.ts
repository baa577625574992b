import { useQuery } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { Ref } from '@/shared/api/types';
import { isNew, keepable, type DraftValues } from '../apply/draft';

export interface Template {
  id: string;
  version: number;
  /** For every unit, not for one's own alone. */
  everybody: boolean;
  mine: boolean;
  name: string;
  content: DraftValues;
  savedBy: Ref;
  savedAt: string;
}

export function useTemplates(enabled = true) {
  return useQuery({
    queryKey: ['/templates'],
    queryFn: ({ signal }) => api<{ items: Template[] }>('/templates', { signal }),
    enabled,
  });
}

/** A template is for whichever system, so nothing of it is about one host. */
export function contentOf(values: DraftValues): DraftValues {
  const { items, ...rest } = keepable(values);
  return { ...rest, ...(items ? { items: items.filter(isNew) } : {}), system: undefined };
}
