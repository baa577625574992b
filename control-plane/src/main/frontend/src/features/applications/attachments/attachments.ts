import { useQuery } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import type { Ref } from '@/shared/api/types';

export interface AttachedFile {
  id: string;
  name: string;
  type: 'PDF' | 'DOCX' | 'XLSX' | 'PNG' | 'JPEG';
  /** In bytes. */
  size: number;
  /** SHA-256. */
  digest: string;
  addedBy: Ref;
  addedAt: string;
  /** Whether an earlier revision had it and a later one has not. */
  leftOut: boolean;
}

export const MOST_FILES = 10;
export const MOST_BYTES = 10 * 2 ** 20;
export const ENDINGS = '.pdf,.docx,.xlsx,.png,.jpg,.jpeg';

export const attachmentsPath = (application: string) => `/applications/${application}/attachments`;

/** The files of a draft that was saved, or of an application. */
export function useAttachments(application: string, exists = true) {
  return useQuery({
    queryKey: ['/attachments', application],
    queryFn: ({ signal }) =>
      api<{ items: AttachedFile[] }>(attachmentsPath(application), { signal }),
    enabled: exists,
  });
}
