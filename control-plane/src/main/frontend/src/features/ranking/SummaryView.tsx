import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { RankingSummary } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Count } from '@/shared/ui/Count';
import { UNMEASURED } from './ExcludedTab';

/** The whole of the month in a few figures. */
export function SummaryView({ summary }: { summary: RankingSummary }) {
  const { t } = useTranslation();
  const { number, percent, share } = useFormat();
  const [search] = useSearchParams();
  const unmeasured = new URLSearchParams(search);
  unmeasured.set('tab', 'excluded');
  unmeasured.set('left', UNMEASURED);
  return (
    <div className="counts">
      <Count
        title={t('ranking.summary.units')}
        value={number(summary.units)}
        note={t('ranking.summary.rankedOf', {
          ranked: number(summary.ranked),
          notRanked: number(summary.notRanked),
        })}
      />
      <Count
        title={t('ranking.summary.hosts')}
        value={number(summary.hosts)}
        note={t('ranking.summary.measured', { measured: number(summary.measuredHosts) })}
      />
      <Count
        title={t('ranking.summary.unmeasured')}
        value={number(summary.unmeasuredHosts)}
        to={`?${unmeasured.toString()}`}
      />
      <Count title={t('ranking.summary.vcpu')} value={number(summary.vcpu)} />
      <Count title={t('ranking.summary.cpu')} value={percent(summary.cpuPercent)} />
      <Count title={t('ranking.summary.memory')} value={percent(summary.memoryPercent)} />
      <Count title={t('ranking.summary.disk')} value={percent(summary.diskPercent)} />
      <Count title={t('ranking.summary.idle')} value={share(summary.idleShare)} />
    </div>
  );
}
