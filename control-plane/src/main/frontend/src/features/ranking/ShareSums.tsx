import { useTranslation } from 'react-i18next';
import type { HostShare, UseOfHost } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { percentOf } from './HostShares';
import { ViewTable } from './ViewTable';

type Measure = 'cpu' | 'memory' | 'disk' | 'idle' | 'coverage';
type Sum = UseOfHost & { measure: Measure };

const HOUR = 3600;
/** How much of what is added up is one of what people read: vCPU hours, and GiB hours. */
const UNIT: Record<Measure, number> = {
  cpu: HOUR * 1000,
  memory: HOUR * 2 ** 30,
  disk: HOUR * 2 ** 30,
  idle: 1,
  coverage: 1,
};

const sum = (hosts: HostShare[], amount: (host: HostShare) => string) =>
  hosts.reduce((whole, host) => whole + BigInt(amount(host)), 0n).toString();

/** What hosts add up to: each figure of a unit is one of these over the other. */
export function sumsOf(hosts: HostShare[]): Sum[] {
  const measured = hosts.filter((host) => host.measured);
  const idle = measured.filter((host) => host.idle);
  const due = hosts.filter(({ excluded }) => excluded === null);
  const vcpuHours = (host: HostShare) => host.vcpuHours;
  return [
    ...(['cpu', 'memory', 'disk'] as const).map((measure) => ({
      measure,
      used: sum(measured, (host) => host[measure].used),
      of: sum(measured, (host) => host[measure].of),
    })),
    { measure: 'idle', used: sum(idle, vcpuHours), of: sum(measured, vcpuHours) },
    {
      measure: 'coverage',
      used: sum(measured, ({ validVcpuHours }) => validVcpuHours),
      of: sum(due, vcpuHours),
    },
  ];
}

/** The sums over the hosts that are listed; exact ones are told by whoever points at them. */
export function ShareSums({ hosts }: { hosts: HostShare[] }) {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  const amount = (row: Sum, key: keyof UseOfHost) => (
    <span title={row[key]}>
      {t(`ranking.sum.${row.measure === 'memory' || row.measure === 'disk' ? 'gib' : 'vcpu'}`, {
        value: number(Number(row[key]) / UNIT[row.measure]),
      })}
    </span>
  );
  return (
    <ViewTable
      name={t('ranking.sum.title')}
      rows={sumsOf(hosts)}
      rowKey={({ measure }) => measure}
      columns={[
        {
          key: 'measure',
          title: t('ranking.sum.title'),
          render: (x) => t(`ranking.sum.of.${x.measure}`),
        },
        {
          key: 'used',
          title: t('ranking.sum.used'),
          figure: true,
          width: 190,
          render: (x) => amount(x, 'used'),
        },
        {
          key: 'of',
          title: t('ranking.sum.whole'),
          figure: true,
          width: 190,
          render: (x) => amount(x, 'of'),
        },
        {
          key: 'percent',
          title: t('ranking.sum.percent'),
          figure: true,
          render: (x) => percent(percentOf(x)),
        },
      ]}
    />
  );
}
