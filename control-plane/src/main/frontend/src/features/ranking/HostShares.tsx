import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HostShare, PolicyOfRanking, UseOfHost } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useReason } from '@/shared/i18n/useReason';
import { ViewTable } from './ViewTable';

const HUNDREDTHS = 10_000n;

/** A ratio of two whole numbers in percent, to two decimals, half up. */
export function percentOf({ used, of }: UseOfHost): string | null {
  const whole = BigInt(of);
  if (whole === 0n) {
    return null;
  }
  const rounded = (BigInt(used) * HUNDREDTHS * 2n + whole) / (2n * whole);
  const digits = rounded.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Where a host's hours stand that a share rests on; version: empty: as it counts now. */
export function hoursOf(month: string, share: HostShare, version = ''): string {
  const search = new URLSearchParams({
    unit: share.unit.id,
    system: share.system.id,
    pool: share.pool,
    ...(version === '' ? {} : { version }),
  });
  return `/rankings/${month}/hosts/${share.host.id}?${search.toString()}`;
}

/** Hosts, each with what counts of it, or why nothing does. */
export function HostShares({
  month,
  version,
  policy,
  hosts,
}: {
  month: string;
  /** Empty: as it counts now. */
  version: string;
  policy: PolicyOfRanking;
  hosts: HostShare[];
}) {
  const { t } = useTranslation();
  const why = useReason();
  const { number, percent, pool } = useFormat();
  // A host is idle when all four are under these.
  const under = (title: string, limit: number) =>
    t('ranking.idleUnder', { title, limit: number(limit) });
  return (
    <ViewTable
      name={t('ranking.derivation')}
      rows={hosts}
      rowKey={(x) => `${x.host.id}/${x.system.id}/${x.pool}`}
      columns={[
        {
          key: 'host',
          title: t('ranking.host'),
          render: (x) => <Link to={hoursOf(month, x, version)}>{x.host.name}</Link>,
        },
        { key: 'system', title: t('common.system'), render: (x) => x.system.name },
        { key: 'pool', title: t('ranking.pool'), render: (x) => pool(x.pool) },
        { key: 'vcpu', title: t('ranking.vcpu'), figure: true, render: (x) => number(x.vcpu) },
        {
          key: 'counts',
          title: t('ranking.counts'),
          render: (x) =>
            x.excluded === null ? (
              <>
                <Tag color={x.measured ? 'green' : 'gold'}>
                  {x.measured ? t('ranking.measured') : t('ranking.unmeasured')}
                </Tag>
                {x.idle && <Tag color="red">{t('ranking.idleHost')}</Tag>}
              </>
            ) : (
              <Tag>{why('exclusion', x.excluded, policy.evidence)}</Tag>
            ),
        },
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
        {
          key: 'cpu',
          title: under(t('ranking.cpu'), policy.idle.cpu),
          figure: true,
          render: (x) => percent(percentOf(x.cpu)),
        },
        {
          key: 'cpuP95',
          title: under(t('ranking.samplesP95'), policy.idle.cpuP95),
          figure: true,
          render: (x) => percent(x.idleBy?.cpuP95 ?? null),
        },
        {
          key: 'cpuPeak',
          title: under(t('ranking.samplesPeak'), policy.idle.cpuPeak),
          figure: true,
          render: (x) => percent(x.idleBy?.cpuPeak ?? null),
        },
        {
          key: 'memory',
          title: under(t('ranking.memory'), policy.idle.memory),
          figure: true,
          render: (x) => (
            <>
              {percent(percentOf(x.memory))}
              {x.idleBy !== null && x.idleBy.memoryHours < x.validHours && (
                <div className="faint">
                  {t('ranking.memoryHours', { hours: number(x.idleBy.memoryHours) })}
                </div>
              )}
            </>
          ),
        },
        {
          key: 'disk',
          title: t('ranking.disk'),
          figure: true,
          render: (x) => percent(percentOf(x.disk)),
        },
      ]}
    />
  );
}
