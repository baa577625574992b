import { useTranslation } from 'react-i18next';
import { palette } from '@/app/theme';
import type { QuotaNodeRow } from '@/shared/api/quota';
import { useFormat } from '@/shared/format/useFormat';
import { Legend } from '@/shared/ui/UsageBar';

/** Granted, locked and promised of the ceiling, and below it what is really used. */
export function QuotaBar({ row }: { row: QuotaNodeRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const whole = Math.max(row.ceiling ?? 0, row.committed, row.used, 1);
  const promised = Math.max(0, row.committed - row.granted - row.locked);
  const width = (amount: number) => ({ width: `${((100 * amount) / whole).toFixed(3)}%` });
  const shown = (amount: number) => format.amount(row.resource, amount);
  return (
    <div
      className="quota-bar"
      role="img"
      aria-label={t('quota.bar', {
        resource: format.resource(row.resource),
        ceiling: row.ceiling === null ? t('quota.noCeiling') : shown(row.ceiling),
        guaranteed: shown(row.guaranteed),
        granted: shown(row.granted),
        locked: shown(row.locked),
        used: shown(row.used),
      })}
    >
      <div className="bar-track">
        <span style={{ ...width(row.granted), background: palette.committed }} />
        <span style={{ ...width(row.locked), background: palette.locked }} />
        <span style={{ ...width(promised), background: palette.promised }} />
      </div>
      <div className="bar-track thin">
        <span style={{ ...width(row.used), background: palette.good }} />
      </div>
    </div>
  );
}

export function QuotaLegend() {
  const { t } = useTranslation();
  return (
    <Legend
      entries={[
        { text: t('quota.granted'), color: palette.committed },
        { text: t('quota.locked'), color: palette.locked },
        { text: t('quota.promised'), color: palette.promised },
        { text: t('quota.used'), color: palette.good },
        { text: t('quota.unpromised'), color: palette.free },
      ]}
    />
  );
}
