import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/shared/api/problem';

/** What to tell the person about a failed call: the server's words where it has any. */
export function useProblemText() {
  const { t } = useTranslation();
  return useCallback(
    (error: unknown): { title: string; detail: string | null; requestId: string | null } => {
      if (!isProblem(error)) {
        return { title: t('state.failedTitle'), detail: t('state.unreachable'), requestId: null };
      }
      const { title, detail, requestId, errors } = error.document;
      const faults = errors?.map((fault) => fault.detail).filter(Boolean) ?? [];
      return {
        title: title ?? t('state.problem', { status: error.status }),
        detail: faults.length > 0 ? faults.join('\n') : (detail ?? null),
        requestId: requestId ?? null,
      };
    },
    [t],
  );
}
