import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApplicationState, TimelineEntry } from '@/shared/api/types';
import { useKnown } from '@/shared/i18n/useKnown';
import { useFormat } from '@/shared/format/useFormat';

const COLOR: Record<ApplicationState, string> = {
  TECH_REVIEW: 'blue',
  APPROVED: 'blue',
  DELIVERING: 'blue',
  DELIVERED: 'green',
  CLOSED: 'green',
  REJECTED: 'red',
  WITHDRAWN: 'gray',
  EXPIRED: 'gray',
};

/** Every transition: when, who, what, and the words that came with it. */
export function History({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation();
  const known = useKnown();
  const { exactTime } = useFormat();
  return (
    <Timeline
      items={entries.map((entry) => {
        return {
          key: `${entry.at}${entry.command}`,
          color: COLOR[entry.to],
          content: (
            <div>
              <div>
                <strong>
                  {known(
                    `detail.timelineStep.${entry.command}`,
                    t(`application.state.${entry.to}`),
                  )}
                </strong>
                <span className="faint">
                  {' · '}
                  {entry.actor?.name ?? t('detail.systemActor')}
                </span>
              </div>
              <div className="faint">{exactTime(entry.at)}</div>
              {entry.note && <div>{entry.note}</div>}
            </div>
          ),
        };
      })}
    />
  );
}
