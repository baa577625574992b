import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '@/shared/api/http';
import { isProblem, Unreachable, type Problem } from '@/shared/api/problem';
import { useDebounced } from '@/shared/ui/useDebounced';
import { keepable, type DraftValues, type ServerDraft } from './draft';
import { dropLocal, keepLocally } from './localDraft';
import { findDraft, type Start } from './useStart';

const PAUSE = 800;
const AGAIN = 10_000;

/** What has become of what was typed last. */
export type Saving =
  | { kind: 'IDLE' }
  | { kind: 'SAVING' }
  | { kind: 'SAVED'; at: string }
  /** The server cannot be reached: it is on this computer, and tried again. */
  | { kind: 'LOCAL' }
  /** A colleague has saved something else meanwhile; null: it was thrown away. */
  | { kind: 'CONFLICT'; theirs: ServerDraft | null }
  | { kind: 'REFUSED'; problem: Problem };

/**
 * Saves what is typed, after each pause, one save after the other. What the server does not take is
 * kept on this computer: nothing is lost, and nobody's text is replaced without his knowing.
 */
export function useSavedDraft(person: string, start: Start, values: DraftValues) {
  const { id } = start;
  const text = textOf(values);
  const settled = useDebounced(text, PAUSE);
  const [saving, setSaving] = useState<Saving>({ kind: 'IDLE' });
  const version = useRef(start.version);
  const known = useRef(knownOf(start));
  const sent = useRef('');
  const over = useRef(false);

  const { mutate, mutateAsync } = useMutation({
    scope: { id: `draft ${id}` },
    retry: false,
    mutationFn: async (typed: string) => {
      if (over.current || (typed === known.current && version.current > 0)) {
        return;
      }
      setSaving({ kind: 'SAVING' });
      sent.current = typed;
      const draft = await api<ServerDraft>(`/drafts/${id}`, {
        method: 'PUT',
        json: JSON.parse(typed) as DraftValues,
        ...(version.current > 0 ? { version: version.current } : {}),
      });
      version.current = draft.version;
      known.current = typed;
      dropLocal(person, id);
      setSaving({ kind: 'SAVED', at: draft.savedAt });
    },
    onError: async (error, typed) => {
      if (over.current) {
        return;
      }
      keepLocally(person, {
        id,
        version: version.current,
        values: JSON.parse(typed) as DraftValues,
      });
      if (isProblem(error) && (error.status === 412 || error.status === 404)) {
        const theirs = await findDraft(id).catch(() => null);
        if (theirs && textOf(theirs.content) === sent.current) {
          // Only the answer to an earlier save was lost.
          version.current = theirs.version;
          known.current = sent.current;
          mutate(typed);
        } else {
          setSaving({ kind: 'CONFLICT', theirs });
        }
      } else if (isProblem(error) && error.status < 500) {
        setSaving({ kind: 'REFUSED', problem: error });
      } else if (isProblem(error) || error instanceof Unreachable) {
        setSaving({ kind: 'LOCAL' });
      }
    },
  });

  const stopped = saving.kind === 'CONFLICT';
  useEffect(() => {
    if (settled === known.current || (version.current === 0 && isUntouched(start, settled))) {
      return;
    }
    if (stopped) {
      const typed = JSON.parse(settled) as DraftValues;
      keepLocally(person, { id, version: version.current, values: typed });
    } else {
      mutate(settled);
    }
  }, [settled, stopped, mutate, person, id, start]);

  const local = saving.kind === 'LOCAL';
  useEffect(() => {
    if (!local) {
      return undefined;
    }
    const timer = setInterval(() => mutate(settled), AGAIN);
    return () => clearInterval(timer);
  }, [local, mutate, settled]);

  return {
    saving,
    /** Puts what stands here in the place of what the colleague has saved. */
    overwrite: useCallback(
      (theirs: ServerDraft | null) => {
        version.current = theirs?.version ?? 0;
        known.current = '';
        setSaving({ kind: 'SAVING' });
        mutate(text);
      },
      [mutate, text],
    ),
    /** Has the server know the draft, so that something can hang on it. */
    ensure: useCallback(async () => {
      if (version.current === 0) {
        await mutateAsync(text);
      }
    }, [mutateAsync, text]),
    /** It was submitted or thrown away: nothing is saved any more. */
    end: useCallback(() => {
      over.current = true;
      dropLocal(person, id);
    }, [person, id]),
  };
}

/** What the server has of it; of what was left on this computer nobody knows. */
function knownOf({ begin, values }: Start): string {
  switch (begin.kind) {
    case 'LOCAL':
      return '';
    case 'DRAFT':
      return textOf(begin.draft.content);
    case 'NEW':
    case 'COPY':
    case 'TEMPLATE':
    case 'FILLED':
      return textOf(values);
  }
}

/** Equal for equal content: forms and the server have their own order of members. */
function textOf(values: DraftValues): string {
  return JSON.stringify(sorted(keepable(values)));
}

/** The form chooses a pool by itself; nobody has written anything by that. */
function isUntouched(start: Start, typed: string): boolean {
  const values = JSON.parse(typed) as DraftValues;
  const withPool = { ...start.values, pool: values.pool };
  return start.begin.kind === 'NEW' && typed === textOf(withPool);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([name, member]) => [name, sorted(member)]),
      )
    : value;
}
