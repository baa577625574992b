import { Progress, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JobProgress } from '@/shared/api/jobs';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';

/** How far a run has come, what it does, and since when; of one that died, how far it had come. */
export function JobProgressBar({ progress }: { progress: JobProgress }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useKnown();
  const { since, seen, died, step, of, done, all } = progress;
  return (
    <div role="status">
      {died && <Tag color="red">{t('job.died', { at: format.time(seen) })}</Tag>}
      {step !== null && done !== null && all !== null && (
        <>
          <Progress
            size="small"
            status={died ? 'exception' : 'active'}
            percent={all === 0 ? 100 : Math.round((100 * done) / all)}
            format={() => `${done} / ${all}`}
          />
          <div className="faint">
            {t('job.does', { step: known(`job.step.${step}`, step), of })}
          </div>
        </>
      )}
      <div className="faint">{t('job.since', { at: format.time(since) })}</div>
    </div>
  );
}
