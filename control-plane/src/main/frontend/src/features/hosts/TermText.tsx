import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HostTerm } from '@/shared/api/hosts';
import { useFormat } from '@/shared/format/useFormat';

const COLORS = { CURRENT: 'default', EXPIRING: 'orange', ENDED: 'red', FROZEN: 'blue' };

/** Until when a host can be used, and how near that is. */
export function TermText({ term }: { term: HostTerm | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!term) {
    return <>{t('common.none')}</>;
  }
  return (
    <span className="nowrap">
      {format.time(term.end)}
      {term.standing !== 'CURRENT' && (
        <div>
          <Tag color={COLORS[term.standing]}>
            {t(`host.term.${term.standing}`, { days: term.daysLeft })}
          </Tag>
        </div>
      )}
    </span>
  );
}
