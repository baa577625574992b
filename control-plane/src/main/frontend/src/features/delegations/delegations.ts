import { useQueries, useQuery } from '@tanstack/react-query';
import { api } from '@/shared/api/http';
import { useMay, useMe } from '@/shared/api/queries';
import type { Part } from '@/shared/api/applications';
import type { Permission, Ref } from '@/shared/api/types';

/** Somebody acts for another in one part of the workflow, for a while. */
export interface Delegation {
  id: string;
  from: Ref;
  to: Ref;
  part: Part;
  begin: string;
  until: string;
  reason: string;
  revokedAt: string | null;
}

export type Standing = 'COMING' | 'ACTIVE' | 'OVER' | 'REVOKED';

export function standingOf({ begin, until, revokedAt }: Delegation, now: Date): Standing {
  if (revokedAt !== null) {
    return 'REVOKED';
  }
  if (now >= new Date(until)) {
    return 'OVER';
  }
  return now < new Date(begin) ? 'COMING' : 'ACTIVE';
}

const GIVEN_BY: [Permission, Part][] = [
  ['APPLICATION_ENDORSE', 'UNIT_OWNER'],
  ['APPLICATION_REVIEW', 'REVIEWER'],
  ['APPLICATION_ADVISE', 'EXPERT'],
  ['APPLICATION_APPROVE', 'BUREAU'],
  ['APPLICATION_EXECUTE', 'OPERATOR'],
];

/** The parts that this person has himself, and so can give. */
export function useOwnParts(): Part[] {
  const may = useMay();
  return GIVEN_BY.filter(([permission]) => may(permission)).map(([, part]) => part);
}

export function useDelegations() {
  return useQuery({
    queryKey: ['/delegations'],
    queryFn: ({ signal }) => api<{ items: Delegation[] }>('/delegations', { signal }),
  });
}

const OF_UNITS: Part[] = ['UNIT_OWNER', 'APPLICANT'];
const OF_OTHERS: Part[] = ['REVIEWER', 'EXPERT', 'BUREAU', 'OPERATOR'];

/**
 * Everybody of the own house: of the unit, or of the platform and the bureau. Nobody until all are
 * known, so that no name moves while somebody chooses.
 */
export function useHouse(): { people: Ref[]; isPending: boolean } {
  const me = useMe().data;
  const parts = me?.unit ? OF_UNITS : OF_OTHERS;
  return useQueries({
    queries: parts.map((part) => ({
      queryKey: ['/colleagues', part],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api<{ items: Ref[] }>('/colleagues', { query: { part }, signal }),
    })),
    combine: (answers) => {
      const all = new Map<string, Ref>();
      for (const person of answers.flatMap(({ data }) => data?.items ?? [])) {
        if (person.id !== me?.id) {
          all.set(person.id, person);
        }
      }
      const isPending = answers.some((answer) => answer.isPending);
      const people = [...all.values()].sort((a, b) => a.name.localeCompare(b.name, 'zh'));
      return { people: isPending ? [] : people, isPending };
    },
  });
}
