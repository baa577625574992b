import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProtectionPeriods } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';

/** That a protection period is on, and until when. */
export function ProtectionBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useProtectionPeriods();
  return data?.items
    .filter(({ standing }) => standing === 'ON')
    .map(({ id, name, until }) => (
      <Alert
        key={id}
        banner
        className="banner"
        type="warning"
        title={t('banner.protection', { name, until: format.time(until) })}
      />
    ));
}
