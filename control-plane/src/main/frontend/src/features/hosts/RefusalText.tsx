import { useTranslation } from 'react-i18next';
import { useNodeName } from '@/features/quota/NodeName';
import type { Host } from '@/shared/api/hosts';

import { useFormat } from '@/shared/format/useFormat';

/** Which level was short of what when a host was to be started. */
export function RefusalText({ refusal }: { refusal: NonNullable<Host['refusal']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useNodeName();
  return t('host.refusal', {
    level: nameOf(refusal.level),
    resource: format.resource(refusal.resource),
    free: format.exact(refusal.resource, refusal.free),
    asked: format.exact(refusal.resource, refusal.asked),
  });
}
