import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuotaNode } from '@/shared/api/quota';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { useAmountColumns } from '../amountColumns';
import { NodeName } from '../NodeName';

/** Nodes of a pool at any level, as a search finds them. */
export function FoundNodes({ pool, resource }: { pool: string; resource: string }) {
  const { t } = useTranslation();
  const list = useList<QuotaNode>('/quota/nodes', {
    sort: 'name',
    fixed: { pool, resource, deep: 'true' },
    view: ['pool', 'resource'],
  });
  const columns: TableColumnsType<QuotaNode> = [
    {
      key: 'name',
      title: t('quota.node'),
      ellipsis: true,
      sorter: true,
      render: (_, node) => <NodeName node={node.node} />,
    },
    ...useAmountColumns<QuotaNode>(
      (node) => node.rows.find((row) => row.resource === resource),
      true,
    ),
  ];
  return (
    <ListTable
      list={list}
      columns={columns}
      rowKey={(node) => node.node.id}
      name={t('quota.treeTitle')}
      width={940}
    />
  );
}
