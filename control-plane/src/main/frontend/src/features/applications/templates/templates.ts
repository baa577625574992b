import { useQuery } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { Ref } from '@/shared/api/types';
import { keepable, type DraftValues } from '../apply/draft';

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

/** A template is for whichever system. */
export function contentOf(values: DraftValues): DraftValues {
  return { ...keepable(values), system: undefined };
}
