import { Card, DatePicker, Tag, type TableColumnsType } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClusterSelect } from '@/features/clusters/ClusterSelect';
import type { Drift, DriftAction } from '@/shared/api/namespaces';
import { momentOf, startOfDay } from '@/shared/format/beijing';
import { useFormat } from '@/shared/format/useFormat';
import { ExportButton } from '@/shared/list/ExportButton';
import { FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList, type List } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';

const DAY = 'YYYY-MM-DD';

const ACTIONS: DriftAction[] = ['REPAIRED', 'REMADE', 'REMOVED', 'REPORTED'];

/** What there is of ours in a namespace. */
const KINDS = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'RoleBinding',
  'VirtualMachine',
  'PersistentVolumeClaim',
  'Secret',
];

const COLOR: Record<DriftAction, string> = {
  REPAIRED: 'green',
  REMADE: 'green',
  REMOVED: 'gold',
  REPORTED: 'red',
};

/** What was changed by hand on the clusters, the latest first. */
export function DriftsPage() {
  const { t } = useTranslation();
  const list = useList<Drift>('/drifts');
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('drift.title')}>
        <DriftsExport list={list} />
      </PageHead>
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('drift.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <ClusterSelect
            value={list.filters['cluster']}
            onChange={(cluster) => list.set({ cluster })}
          />
          <FilterSelect
            list={list}
            name="kind"
            label={t('drift.kindLabel')}
            width={210}
            options={KINDS.map((kind) => ({ value: kind, label: kind }))}
          />
          <FilterSelect
            list={list}
            name="action"
            label={t('drift.actionLabel')}
            width={130}
            options={ACTIONS.map((action) => ({
              value: action,
              label: t(`drift.action.${action}`),
            }))}
          />
          <DatePicker.RangePicker
            aria-label={t('drift.at')}
            value={days(list.filters)}
            onChange={(range) =>
              list.set({
                from: range?.[0] ? startOfDay(range[0].format(DAY)) : undefined,
                until: range?.[1] ? startOfDay(range[1].format(DAY), 1) : undefined,
              })
            }
          />
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={({ id }) => String(id)}
          name={t('drift.title')}
        />
      </Card>
    </>
  );
}

/** As the days that the address names; what is no time in it confines nothing. */
function days({ from, until }: Record<string, string>): [Dayjs, Dayjs] | null {
  const first = dayOf(from);
  const last = dayOf(until);
  return first && last ? [first, last.subtract(1, 'day')] : null;
}

function dayOf(address: string | undefined): Dayjs | null {
  const instant = new Date(address ?? '');
  return Number.isNaN(instant.getTime()) ? null : dayjs(momentOf(instant));
}

function DriftsExport({ list }: { list: List<Drift> }) {
  const { t } = useTranslation();
  const { exactTime } = useFormat();
  return (
    <ExportButton
      list={list}
      path="/drifts"
      name={t('drift.exportName')}
      head={[
        t('drift.at'),
        t('drift.where'),
        t('cluster.one'),
        t('namespace.name'),
        t('drift.object'),
        t('drift.field'),
        t('drift.before'),
        t('drift.after'),
        t('drift.actionLabel'),
      ]}
      row={(one) => [
        exactTime(one.at),
        one.system.name,
        one.cluster,
        one.namespace,
        `${one.kind} ${one.name}`,
        one.field,
        one.before,
        one.after,
        t(`drift.action.${one.action}`),
      ]}
    />
  );
}

function useColumns(): TableColumnsType<Drift> {
  const { t } = useTranslation();
  const { exactTime } = useFormat();
  return [
    {
      key: 'at',
      title: t('drift.at'),
      sorter: true,
      width: 180,
      render: (_, { at }) => <span className="nowrap">{exactTime(at)}</span>,
    },
    {
      key: 'system',
      title: t('drift.where'),
      sorter: true,
      width: 200,
      render: (_, { system, cluster, namespace }) => (
        <>
          <Link to={`/systems/${system.id}`}>{system.name}</Link>
          <div className="faint code">
            {cluster}/{namespace}
          </div>
        </>
      ),
    },
    {
      key: 'object',
      title: t('drift.object'),
      sorter: true,
      width: 220,
      render: (_, { kind, name, field }) => (
        <>
          <span className="code">
            {kind} {name}
          </span>
          {field && <div className="faint code">{field}</div>}
        </>
      ),
    },
    {
      key: 'before',
      title: t('drift.before'),
      render: (_, { before }) => <Value text={before} />,
    },
    { key: 'after', title: t('drift.after'), render: (_, { after }) => <Value text={after} /> },
    {
      key: 'action',
      title: t('drift.actionLabel'),
      width: 100,
      render: (_, { action }) => <Tag color={COLOR[action]}>{t(`drift.action.${action}`)}</Tag>,
    },
  ];
}

function Value({ text }: { text: string }) {
  const { t } = useTranslation();
  return text === '-' ? (
    <span className="faint">{t('drift.nothing')}</span>
  ) : (
    <div className="code ellipsis" title={text}>
      {text}
    </div>
  );
}
