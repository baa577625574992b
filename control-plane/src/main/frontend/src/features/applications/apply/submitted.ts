import type { Call } from '@/shared/api/http';
import type { Start } from './useStart';

/** Where an order is sent: a new application, or the next revision of one that was returned. */
export function submitted({ id, revised }: Start): { path: string; call: Call } {
  return revised
    ? {
        path: `/applications/${id}/submissions`,
        call: { method: 'POST', version: revised.version },
      }
    : { path: `/applications/${id}`, call: { method: 'PUT' } };
}
