import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApplicationState, TimelineEntry } from '@/shared/api/applications';
import { useKnown } from '@/shared/i18n/useKnown';
import { useFormat } from '@/shared/format/useFormat';
import { amountsLine } from '../amounts';

const COLOR: Record<ApplicationState, string> = {
  DRAFT: 'gray',
  DEPT_REVIEW: 'blue',
  PRECHECK: 'blue',
  TECH_REVIEW: 'blue',
  EXPERT_REVIEW: 'blue',
  BUREAU_APPROVAL: 'blue',
  AUTO_APPROVED: 'blue',
  APPROVED: 'blue',
  DELIVERING: 'blue',
  PARTIAL: 'red',
  DELIVERED: 'green',
  CLOSED: 'green',
  RETURNED: 'orange',
  REJECTED: 'red',
  WITHDRAWN: 'gray',
  EXPIRED: 'gray',
};

/** Every transition: when, who, what, and the words that came with it. */
export function History({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation();
  const known = useKnown();
  const format = useFormat();
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
                  {entry.onBehalfOf && (
                    <> ({t('detail.onBehalfOf', { name: entry.onBehalfOf.name })})</>
                  )}
                  {entry.other && <> {t('detail.toPerson', { name: entry.other.name })}</>}
                  {entry.opinion && <> · {t(`command.${entry.opinion}`)}</>}
                  {entry.revision > 1 && entry.command === 'SUBMIT' && (
                    <> · {t('detail.revision', { revision: entry.revision })}</>
                  )}
                </span>
              </div>
              <div className="faint">
                {format.exactTime(entry.at)}
                {entry.from && entry.from !== entry.to && (
                  <>
                    {' · '}
                    {t('detail.fromTo', {
                      from: t(`application.state.${entry.from}`),
                      to: t(`application.state.${entry.to}`),
                    })}
                  </>
                )}
              </div>
              {entry.cuts.map((cut) => (
                <div key={cut.position} className="faint">
                  {t(cut.count === 0 ? 'detail.cutWhole' : 'detail.cut', {
                    ...cut,
                    item: cut.position + 1,
                  })}
                  {cut.count > 0 &&
                    cut.extras &&
                    t('application.item.extras', {
                      extras: amountsLine(cut.extras, format) || t('common.none'),
                    })}
                </div>
              ))}
              {entry.cluster && (
                <div className="faint">{t('detail.cutCluster', { cluster: entry.cluster })}</div>
              )}
              {entry.note && <div>{entry.note}</div>}
            </div>
          ),
        };
      })}
    />
  );
}
