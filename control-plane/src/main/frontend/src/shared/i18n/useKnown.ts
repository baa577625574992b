import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Text for a code that comes from the server, such as a role or a reason. Codes are data there: one
 * that the message files do not have yet is shown as it is rather than as a broken key.
 * `variant` is the class of a resource, such as `SSD`, where the text has a place for one.
 */
export function useKnown() {
  const { t, i18n } = useTranslation();
  return useCallback(
    (key: string, otherwise: string, variant = ''): string =>
      i18n.exists(key) ? t(key as 'resource.storageBytes', { variant }) : otherwise,
    [t, i18n],
  );
}
