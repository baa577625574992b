import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuotaNode } from '@/shared/api/quota';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { useAmountColumns } from '../amountColumns';
import { NodeName } from '../NodeName';

/** What is right below a node. */
export function ChildrenTab({ node, resource }: { node: QuotaNode; resource: string }) {
  const { t } = useTranslation();
  const list = useList<QuotaNode>('/quota/nodes', {
    sort: 'name',
    fixed: { parent: node.node.id, resource },
    view: ['tab', 'resource'],
  });
  const columns: TableColumnsType<QuotaNode> = [
    {
      key: 'name',
      title: t('quota.node'),
      ellipsis: true,
      sorter: true,
      render: (_, child) => <NodeName node={child.node} />,
    },
    ...useAmountColumns<QuotaNode>(
      (child) => child.rows.find((row) => row.resource === resource),
      true,
    ),
  ];
  return (
    <>
      <div className="filters">
        <SearchBox
          hint={t('quota.searchHint')}
          value={list.filters['q'] ?? ''}
          onSearch={(q) => list.set({ q })}
        />
      </div>
      <ListTable
        list={list}
        columns={columns}
        rowKey={(child) => child.node.id}
        name={t('quota.childrenTitle')}
        width={940}
      />
    </>
  );
}
