import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Application } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';

/** Why an application was returned, and by whom. */
export function ReturnedAlert({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { time } = useFormat();
  const returned = application.timeline.findLast(({ to }) => to === 'RETURNED');
  if (!returned) {
    return null;
  }
  return (
    <Alert
      type="warning"
      showIcon
      title={t('apply.returned', {
        name: returned.actor?.name ?? t('detail.systemActor'),
        at: time(returned.at),
      })}
      description={<div style={{ whiteSpace: 'pre-line' }}>{returned.note}</div>}
    />
  );
}
