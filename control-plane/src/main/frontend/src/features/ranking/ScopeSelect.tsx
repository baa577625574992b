import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePools } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';

export const ALL = 'all';

/** Whether a pool is in a scope, as boards are made: zones and families over pools. */
export function isIn(scope: string, pool: string): boolean {
  const dash = pool.lastIndexOf('-');
  return (
    scope === ALL ||
    scope === pool ||
    scope === `zone:${pool.slice(0, dash)}` ||
    scope === `family:${pool.slice(dash + 1)}`
  );
}

/** Of what a board is: everything, a zone, a processor family, or a pool. */
export function ScopeSelect({
  value,
  onChange,
}: {
  value: string;
  onChange: (scope: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const pools = usePools();
  const known = useKnown();
  // Each zone over its pools, each family over its zones.
  const parts = (pools.data?.items ?? []).map(({ id }) => id.split('-') as [string, string]);
  const scopes = [
    ...[...new Set(parts.map(([zone]) => zone))].map((zone) => ({
      value: `zone:${zone}`,
      label: format.zone(zone),
    })),
    ...[...new Set(parts.map(([, family]) => family))].map((family) => ({
      value: `family:${family}`,
      label: known(`processor.${family}`, family),
    })),
  ];
  return (
    <Select
      aria-label={t('ranking.pool')}
      style={{ width: 250 }}
      value={value}
      onChange={onChange}
      options={[
        { value: ALL, label: t('ranking.allPools') },
        ...scopes,
        ...(pools.data?.items ?? []).map(({ id }) => ({ value: id, label: format.pool(id) })),
      ]}
    />
  );
}
