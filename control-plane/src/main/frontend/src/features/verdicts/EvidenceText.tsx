import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Measure, Verdict } from '@/shared/api/reclaims';

const COLOR: Record<Verdict, string> = {
  IDLE: 'volcano',
  IDLE_STOPPED: 'volcano',
  SHRINK_CPU: 'gold',
  SHRINK_MEMORY: 'gold',
  GROW: 'blue',
  FIT: 'green',
  EXEMPT: 'default',
  INSUFFICIENT_DATA: 'default',
};

export function VerdictTags({ verdicts }: { verdicts: Verdict[] }) {
  const { t } = useTranslation();
  return verdicts.map((verdict) => (
    <Tag key={verdict} color={COLOR[verdict]}>
      {t(`verdict.kind.${verdict}`)}
    </Tag>
  ));
}

/** Mean, 95th percentile and peak, in percent of what the host had. */
export function MeasureText({ measure }: { measure: Measure | null }) {
  const { t } = useTranslation();
  return measure ? (
    <span className="nowrap">
      {t('verdict.measure', {
        mean: measure.mean.toFixed(2),
        p95: measure.p95.toFixed(2),
        peak: measure.peak.toFixed(2),
      })}
    </span>
  ) : (
    <span className="faint">{t('verdict.notMeasured')}</span>
  );
}

/** The mean of its disk, in percent of what the host had. */
export function DiskText({ disk }: { disk: number | null }) {
  const { t } = useTranslation();
  return disk === null ? (
    <span className="faint">{t('verdict.notMeasured')}</span>
  ) : (
    <span className="nowrap">{t('units.percent', { value: disk.toFixed(2) })}</span>
  );
}
