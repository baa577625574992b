import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReclaimState, ReclaimStep } from '@/shared/api/reclaims';
import { useFormat } from '@/shared/format/useFormat';

const COLOR: Record<ReclaimState, string> = {
  PROPOSED: 'gray',
  NOTICED: 'blue',
  CONSENTED: 'blue',
  APPEALED: 'orange',
  EXTENDED: 'orange',
  UPHELD: 'blue',
  BUREAU_APPROVED: 'blue',
  EXECUTING: 'blue',
  PARTIAL: 'red',
  DONE: 'green',
  CANCELLED: 'gray',
};

/** Every step: when, who, what, and the words that came with it. */
export function ReclaimHistory({ steps }: { steps: ReclaimStep[] }) {
  const { t } = useTranslation();
  const { exactTime } = useFormat();
  return (
    <Timeline
      items={steps.map((step, index) => ({
        key: index,
        color: COLOR[step.to],
        content: (
          <div>
            <div>
              <strong>{t(`reclaim.step.${step.command}`)}</strong>
              <span className="faint"> · {step.by?.name ?? t('detail.systemActor')}</span>
            </div>
            <div className="faint">
              {exactTime(step.at)}
              {step.from && step.from !== step.to && (
                <>
                  {' · '}
                  {t('detail.fromTo', {
                    from: t(`reclaim.state.${step.from}`),
                    to: t(`reclaim.state.${step.to}`),
                  })}
                </>
              )}
            </div>
            {step.note && <div>{step.note}</div>}
          </div>
        ),
      }))}
    />
  );
}
