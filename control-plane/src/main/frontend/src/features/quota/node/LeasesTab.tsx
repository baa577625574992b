import { Tag, Tooltip, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Lease, LeaseState, QuotaNode } from '@/shared/api/quota';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';

const COLOR: Record<LeaseState, string> = {
  SETTLED: 'green',
  GROWING: 'processing',
  SHRINKING: 'gold',
  DEBT: 'red',
  FENCED: 'purple',
  WRITTEN_OFF: 'default',
};

/** One figure over another that belongs to it. */
const PAIRS = [
  ['entitled', 'floor'],
  ['granted', 'charged'],
  ['used', 'headroom'],
] as const;

/** The leases below a node: what each namespace may use, and where it stands. */
export function LeasesTab({ node, resource }: { node: QuotaNode; resource: string }) {
  const { t } = useTranslation();
  const list = useList<Lease>(`/quota/nodes/${node.node.id}/leases`, {
    sort: 'namespace',
    fixed: { resource },
    view: ['tab', 'resource'],
  });
  const columns = useColumns(resource);
  return (
    <>
      <div className="filters">
        <SearchBox
          hint={t('lease.searchHint')}
          value={list.filters['q'] ?? ''}
          onSearch={(q) => list.set({ q })}
        />
      </div>
      <ListTable
        list={list}
        columns={columns}
        rowKey={(lease) => `${lease.cluster}/${lease.namespace}`}
        name={t('quota.tab.leases')}
        width={940}
      />
    </>
  );
}

function useColumns(resource: string): TableColumnsType<Lease> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'namespace',
      title: t('lease.place'),
      width: 210,
      sorter: true,
      ellipsis: true,
      render: (_, lease) => (
        <Tooltip title={`${lease.cluster} / ${lease.namespace}`} mouseEnterDelay={0.6}>
          <div className="code ellipsis">{lease.namespace}</div>
          <div className="faint">{lease.cluster}</div>
        </Tooltip>
      ),
    },
    {
      key: 'system',
      title: t('common.system'),
      sorter: true,
      ellipsis: true,
      render: (_, lease) => (
        <>
          <Link to={`/systems/${lease.system.id}`}>{lease.system.name}</Link>
          <div className="faint ellipsis">{lease.unit.name}</div>
        </>
      ),
    },
    ...PAIRS.map(([key, below]) => ({
      key,
      title: (
        <>
          {t(`lease.figure.${key}`)}
          <div className="below">{t(`lease.figure.${below}`)}</div>
        </>
      ),
      width: 108,
      align: 'right' as const,
      ...(key === 'entitled' ? {} : { sorter: true }),
      render: (_: unknown, lease: Lease) => (
        <span className="nowrap">
          {format.amount(resource, lease[key][resource] ?? 0)}
          <div className="below">{format.amount(resource, lease[below][resource] ?? 0)}</div>
        </span>
      ),
    })),
    {
      key: 'epoch',
      title: t('lease.epoch'),
      width: 92,
      align: 'right',
      render: (_, lease) => (
        <Tooltip
          title={t('lease.epochText', { enforced: lease.enforcedEpoch ?? t('common.none') })}
        >
          <span className="nowrap">
            {lease.enforcedEpoch === lease.epoch
              ? format.number(lease.epoch)
              : `${lease.enforcedEpoch ?? 0} → ${lease.epoch}`}
          </span>
        </Tooltip>
      ),
    },
    {
      key: 'state',
      title: t('lease.stateLabel'),
      width: 130,
      render: (_, lease) => (
        <>
          <Tag color={COLOR[lease.state]}>{t(`lease.state.${lease.state}`)}</Tag>
          {lease.idleSince && (
            <div className="faint">
              {t('lease.idleSince', { time: format.time(lease.idleSince) })}
            </div>
          )}
        </>
      ),
    },
  ];
}
