import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyNumbers } from '@/shared/api/policies';

/**
 * Why a unit is not ranked, or a host is excluded, with the numbers of the policy that says so: the
 * name of a reason has those of the first one. A code that has no words yet is shown as it is.
 */
export function useReason() {
  const { t, i18n } = useTranslation();
  return useCallback(
    (of: 'reason' | 'exclusion', code: string, evidence: PolicyNumbers['evidence']): string => {
      const key = `ranking.${of}.${code}`;
      return i18n.exists(key) ? t(key as 'ranking.reason.UNDER_8_VCPU', { ...evidence }) : code;
    },
    [t, i18n],
  );
}
