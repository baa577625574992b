import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { ExcludedHost, PolicyOfRanking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useReason } from '@/shared/i18n/useReason';
import { Loaded } from '@/shared/ui/Loaded';
import { hoursOf } from './HostShares';
import { UnitLink } from './UnitLink';
import type { Shown } from './VersionSelect';
import { ViewTable } from './ViewTable';

/** Hosts that are neither measured nor missed: why, until when, and who has allowed it. */
export function ExcludedTab({ month, version }: Pick<Shown, 'month' | 'version'>) {
  const { t } = useTranslation();
  const why = useReason();
  const { number, pool } = useFormat();
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
          rows={items}
          rowKey={({ share }) => `${share.host.id}/${share.system.id}/${share.pool}`}
          columns={[
            {
              key: 'host',
              title: t('ranking.host'),
              render: ({ share }) => (
                <Link to={hoursOf(month, share, version)}>{share.host.name}</Link>
              ),
            },
            {
              key: 'unit',
              title: t('ranking.unit'),
              render: ({ share }) => <UnitLink month={month} unit={share.unit} version={version} />,
            },
            { key: 'system', title: t('common.system'), render: ({ share }) => share.system.name },
            { key: 'pool', title: t('ranking.pool'), render: ({ share }) => pool(share.pool) },
            {
              key: 'vcpu',
              title: t('ranking.vcpu'),
              figure: true,
              width: 70,
              render: ({ share }) => number(share.vcpu),
            },
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
