import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { ExcludedHost, HostShare, PolicyOfRanking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useReason } from '@/shared/i18n/useReason';
import { Loaded } from '@/shared/ui/Loaded';
import { useSearch } from '@/shared/ui/useSearch';
import { hoursOf } from './HostShares';
import { isIn } from './ScopeSelect';
import { UnitLink } from './UnitLink';
import type { Shown } from './VersionSelect';
import { type Column, ViewTable } from './ViewTable';

export const UNMEASURED = 'unmeasured';
const EXCLUDED = 'excluded';

/** Hosts that count for nothing: excluded by rule, or with too few valid hours. */
export function ExcludedTab(shown: Pick<Shown, 'month' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const [search, set] = useSearch();
  const left = search.get('left') === UNMEASURED ? UNMEASURED : EXCLUDED;
  return (
    <>
      <div className="filters">
        <Segmented
          aria-label={t('ranking.leftOut')}
          value={left}
          onChange={(value) => set('left', value === UNMEASURED ? value : '')}
          options={[
            { value: EXCLUDED, label: t('ranking.excludedBy') },
            { value: UNMEASURED, label: t('ranking.unmeasured') },
          ]}
        />
      </div>
      {left === UNMEASURED ? <Unmeasured {...shown} /> : <Excluded {...shown} />}
    </>
  );
}

/** Too few of their hours are valid: missed in their units' coverage, and in no sum. */
function Unmeasured({ month, pool, version }: Pick<Shown, 'month' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const columns = useHostColumns<HostShare>(month, version, (share) => share);
  const query = useQuery({
    queryKey: ['rankings', month, 'unmeasured', version],
    queryFn: ({ signal }) =>
      api<{ policy: PolicyOfRanking; items: HostShare[] }>(`/rankings/${month}/unmeasured-hosts`, {
        query: { version },
        signal,
      }),
  });
  return (
    <Loaded query={query}>
      {({ items }) => (
        <ViewTable
          name={t('ranking.unmeasured')}
          rows={items.filter((share) => isIn(pool, share.pool))}
          rowKey={keyOf}
          columns={[
            ...columns,
            {
              key: 'hours',
              title: t('ranking.validHours'),
              figure: true,
              render: (x) => `${number(x.validHours)} / ${number(x.hours)}`,
            },
            {
              key: 'coverage',
              title: t('ranking.coverage'),
              figure: true,
              render: (x) => percent(x.coverage),
            },
          ]}
        />
      )}
    </Loaded>
  );
}

/** Neither measured nor missed: why, until when, and who has allowed it. */
function Excluded({ month, pool, version }: Pick<Shown, 'month' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const why = useReason();
  const columns = useHostColumns<ExcludedHost>(month, version, ({ share }) => share);
  const query = useQuery({
    queryKey: ['rankings', month, 'excluded', version],
    queryFn: ({ signal }) =>
      api<{ policy: PolicyOfRanking; items: ExcludedHost[] }>(`/rankings/${month}/excluded-hosts`, {
        query: { version },
        signal,
      }),
  });
  return (
    <Loaded query={query}>
      {({ policy, items }) => (
        <ViewTable
          name={t('ranking.excludedTab')}
          rows={items.filter(({ share }) => isIn(pool, share.pool))}
          rowKey={({ share }) => keyOf(share)}
          columns={[
            ...columns,
            {
              key: 'kind',
              title: t('ranking.excludedFor'),
              width: 140,
              render: ({ share }) =>
                share.excluded === null
                  ? t('common.none')
                  : why('exclusion', share.excluded, policy.evidence),
            },
            {
              key: 'reason',
              title: t('ranking.reasons'),
              render: ({ exemption }) => exemption?.reason ?? t('common.none'),
            },
            {
              key: 'until',
              title: t('ranking.exemptUntil'),
              width: 110,
              render: ({ exemption }) => (
                <span className="nowrap">{exemption?.until ?? t('common.none')}</span>
              ),
            },
            {
              key: 'approver',
              title: t('ranking.exemptBy'),
              width: 150,
              render: ({ exemption }) =>
                exemption
                  ? t('ranking.exemptByWhom', {
                      applicant: exemption.applicant,
                      approver: exemption.approver,
                    })
                  : t('common.none'),
            },
          ]}
        />
      )}
    </Loaded>
  );
}

const keyOf = (share: HostShare) =>
  `${share.host.id}/${share.unit.id}/${share.system.id}/${share.pool}`;

/** Which host it is, and whose. */
function useHostColumns<T>(month: string, version: string, of: (row: T) => HostShare): Column<T>[] {
  const { t } = useTranslation();
  const { number, pool } = useFormat();
  return [
    {
      key: 'host',
      title: t('ranking.host'),
      render: (x) => <Link to={hoursOf(month, of(x), version)}>{of(x).host.name}</Link>,
    },
    {
      key: 'unit',
      title: t('ranking.unit'),
      render: (x) => <UnitLink month={month} unit={of(x).unit} version={version} />,
    },
    { key: 'system', title: t('common.system'), render: (x) => of(x).system.name },
    { key: 'pool', title: t('ranking.pool'), render: (x) => pool(of(x).pool) },
    {
      key: 'vcpu',
      title: t('ranking.vcpu'),
      figure: true,
      width: 70,
      render: (x) => number(of(x).vcpu),
    },
  ];
}
