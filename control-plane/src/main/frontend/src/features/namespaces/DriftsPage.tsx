import { Card, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClusterSelect } from '@/features/clusters/ClusterSelect';
import type { Drift, DriftAction } from '@/shared/api/namespaces';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';

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
      <PageHead title={t('drift.title')} />
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

function useColumns(): TableColumnsType<Drift> {
  const { t } = useTranslation();
  const { exactTime } = useFormat();
  return [
    {
      key: 'at',
      title: t('drift.at'),
      width: 180,
      render: (_, { at }) => <span className="nowrap">{exactTime(at)}</span>,
    },
    {
      key: 'system',
      title: t('drift.where'),
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
