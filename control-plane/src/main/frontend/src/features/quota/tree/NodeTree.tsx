import { useQueries } from '@tanstack/react-query';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { QuotaNode } from '@/shared/api/quota';
import type { Page } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { useAmountColumns } from '../amountColumns';
import { NodeName } from '../NodeName';

const STEP = 50;
/** More than this is looked through on the node's own page, with its search and its pager. */
const MOST = 200;

interface TreeRow {
  key: string;
  node?: QuotaNode;
  /** For the line that offers the nodes that are not shown yet. */
  rest?: { of: string; shown: number; total: number };
  children?: TreeRow[];
}

/** The tree below some nodes; a level is fetched when it is opened. */
export function NodeTree({ roots, resource }: { roots: QuotaNode[]; resource: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState<string[]>(() => roots.map(({ node }) => node.id));
  const [limits, setLimits] = useState<Record<string, number>>({});
  const [sort, setSort] = useState('name');
  const levels = useQueries({
    queries: open.map((parent) => {
      const query = { parent, sort, resource, limit: limits[parent] ?? STEP };
      return {
        queryKey: ['/quota/nodes', 'below', query],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          api<Page<QuotaNode>>('/quota/nodes', { query, signal }),
        placeholderData: (before: Page<QuotaNode> | undefined) => before,
      };
    }),
  });

  const rowOf = (node: QuotaNode): TreeRow => {
    const id = node.node.id;
    const level = levels[open.indexOf(id)]?.data;
    const items = level?.items.map(rowOf) ?? [];
    if (level && level.items.length < level.total) {
      items.push({
        key: `${id}/rest`,
        rest: { of: id, shown: level.items.length, total: level.total },
      });
    }
    return node.children > 0 ? { key: id, node, children: items } : { key: id, node };
  };

  const columns: TableColumnsType<TreeRow> = [
    {
      key: 'name',
      title: t('quota.node'),
      ellipsis: true,
      sorter: true,
      sortOrder: sort === 'name' ? 'ascend' : sort === '-name' ? 'descend' : null,
      onCell: (row) => (row.rest ? { colSpan: 7 } : {}),
      render: (_, { node, rest }) =>
        node ? (
          <NodeName node={node.node} />
        ) : (
          rest && (
            <span className="faint">
              {t('quota.shownOf', {
                shown: format.number(rest.shown),
                total: format.number(rest.total),
              })}{' '}
              {rest.shown < MOST ? (
                <Button
                  type="link"
                  size="small"
                  onClick={() =>
                    setLimits({ ...limits, [rest.of]: Math.min(MOST, rest.shown + STEP) })
                  }
                >
                  {t('quota.more')}
                </Button>
              ) : (
                <Link to={`/quota/${rest.of}`}>{t('quota.allOnPage')}</Link>
              )}
            </span>
          )
        ),
    },
    ...useAmountColumns<TreeRow>(
      ({ node }) => node?.rows.find((row) => row.resource === resource),
      true,
    ).map((column) => ({
      ...column,
      ...(column.sorter ? { sortOrder: orderOf(String(column.key), sort) } : {}),
      onCell: (row: TreeRow) => (row.rest ? { colSpan: 0 } : {}),
    })),
  ];

  return (
    <Table<TreeRow>
      aria-label={t('quota.treeTitle')}
      size="small"
      pagination={false}
      columns={columns}
      dataSource={roots.map(rowOf)}
      scroll={{ x: 940 }}
      showSorterTooltip={false}
      loading={levels.some(({ isFetching, isPending }) => isFetching && isPending)}
      expandable={{
        expandedRowKeys: open,
        indentSize: 18,
        onExpand: (expanded, { key }) =>
          setOpen(expanded ? [...open, key] : open.filter((one) => one !== key)),
      }}
      onChange={(_pages, _filters, sorter) => {
        const one = Array.isArray(sorter) ? sorter[0] : sorter;
        const key = typeof one?.columnKey === 'string' && one.order ? one.columnKey : 'name';
        setSort(one?.order === 'descend' ? `-${key}` : key);
      }}
    />
  );
}

function orderOf(key: string, sort: string) {
  return sort === key ? ('ascend' as const) : sort === `-${key}` ? ('descend' as const) : null;
}
