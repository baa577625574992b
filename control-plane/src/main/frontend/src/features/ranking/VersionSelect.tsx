import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { MonthReport, Ranking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';

const NOW = '';

/** A board, and the published version that it is of; empty: as it counts now. */
export interface Shown extends Ranking {
  version: string;
}

/** Which published version of a month is looked at; nothing where there is none to choose. */
export function VersionSelect({
  month,
  value,
  onChange,
}: {
  month: string;
  /** Empty: as it counts now. */
  value: string;
  onChange: (version: string) => void;
}) {
  const { t } = useTranslation();
  const { time } = useFormat();
  const report = useQuery({
    queryKey: ['reports', month],
    queryFn: ({ signal }) => api<MonthReport>(`/reports/${month}`, { signal }),
    enabled: month !== '',
  });
  const versions = report.data?.versions ?? [];
  return versions.length === 0 ? null : (
    <Select
      aria-label={t('ranking.report.version')}
      style={{ width: 340 }}
      value={value}
      onChange={onChange}
      options={[
        { value: NOW, label: t('ranking.asItCounts') },
        ...versions.map(({ version, frozenAt, policy }) => ({
          value: String(version),
          label: t('ranking.versionOf', { version, time: time(frozenAt), policy }),
        })),
      ]}
    />
  );
}
