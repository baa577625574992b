import { useQuery } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import { Problem } from '@/shared/api/problem';
import type { Application, Order } from '@/shared/api/applications';
import { useDebounced } from '@/shared/ui/useDebounced';
import { orderOf, type DraftValues } from './draft';
import { submitted } from './submitted';
import type { Start } from './useStart';

const PAUSE = 450;

export type Fit =
  | { kind: 'INCOMPLETE' }
  | { kind: 'CHECKING' }
  | { kind: 'FITS'; order: Order }
  | { kind: 'REFUSED'; order: Order; problem: Problem }
  | { kind: 'UNKNOWN'; order: Order };

/** Whether others hold idle room where an order is short: who hands it in asks them for it. */
export const hasIdle = (refused: Problem | null) =>
  (refused?.document.shortfalls ?? []).some(
    ({ idle }) => idle !== undefined && (idle.leases.length > 0 || idle.others > 0),
  );

/** Asks the server, without changing anything, whether the order would be taken. */
export function useFit(start: Start, values: DraftValues): Fit {
  const text = JSON.stringify(orderOf(values));
  const settled = useDebounced(text, PAUSE);
  const order = JSON.parse(settled) as Order | null;

  const check = useQuery({
    queryKey: ['fit', start.id, settled],
    queryFn: ({ signal }) => {
      const { path, call } = submitted(start);
      return api<Application>(path, {
        ...call,
        query: { validateOnly: true },
        // Whether it fits does not depend on its purpose: a missing one must not hide the answer.
        json: { ...order, purpose: order?.purpose === '' ? '-' : order?.purpose },
        signal,
      });
    },
    enabled: order !== null,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });

  if (text === 'null') {
    return { kind: 'INCOMPLETE' };
  }
  if (text !== settled || order === null || check.isFetching) {
    return { kind: 'CHECKING' };
  }
  if (check.isSuccess) {
    return { kind: 'FITS', order };
  }
  return check.error instanceof Problem
    ? { kind: 'REFUSED', order, problem: check.error }
    : { kind: 'UNKNOWN', order };
}
