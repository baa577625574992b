import { Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NodeRef, QuotaLevel, QuotaRow } from '@/shared/api/types';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';

interface Row extends QuotaRow {
  node: NodeRef;
  key: string;
  /** How many rows the level's own cell covers; 0 for all but its first. */
  span: number;
}

/** Quota from the pool down to the system, one block of rows a level. */
export function QuotaTable({
  path,
  withOrder = false,
}: {
  path: QuotaLevel[];
  withOrder?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows: Row[] = path.flatMap(({ node, rows: levelRows }) =>
    levelRows
      .toSorted((a, b) => byResource(a.resource, b.resource))
      .map((row, index) => ({
        ...row,
        node,
        key: `${node.id}/${row.resource}`,
        span: index === 0 ? levelRows.length : 0,
      })),
  );
  if (rows.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('quota.empty')} />;
  }
  const amount = (row: Row, value: number | null | undefined, none: string) => (
    <span className="nowrap">
      {value === null || value === undefined ? none : format.amount(row.resource, value)}
    </span>
  );
  return (
    <Table<Row>
      aria-label={t('quota.title')}
      size="small"
      bordered
      pagination={false}
      scroll={{ x: 820 }}
      dataSource={rows}
      columns={[
        {
          key: 'level',
          title: t('quota.level'),
          width: 240,
          onCell: (row) => ({ rowSpan: row.span, style: { verticalAlign: 'top' } }),
          render: (_, row) => (
            <>
              <Tag>{t(`nodeKind.${row.node.kind}`)}</Tag>
              {row.node.kind === 'POOL' ? format.pool(row.node.name) : row.node.name}
            </>
          ),
        },
        {
          key: 'resource',
          title: t('quota.resource'),
          render: (_, row) => <span className="nowrap">{format.resource(row.resource)}</span>,
        },
        {
          key: 'guaranteed',
          title: t('quota.guaranteed'),
          align: 'right',
          render: (_, row) => amount(row, row.guaranteed, t('common.none')),
        },
        {
          key: 'ceiling',
          title: t('quota.ceiling'),
          align: 'right',
          render: (_, row) => amount(row, row.ceiling, t('quota.noCeiling')),
        },
        {
          key: 'committed',
          title: t('quota.committed'),
          align: 'right',
          render: (_, row) => amount(row, row.committed, t('common.none')),
        },
        {
          key: 'locked',
          title: t('quota.locked'),
          align: 'right',
          render: (_, row) => amount(row, row.locked, t('common.none')),
        },
        ...(withOrder
          ? [
              {
                key: 'thisOrder',
                title: t('quota.thisOrder'),
                align: 'right' as const,
                render: (_: unknown, row: Row) => amount(row, row.thisOrder, t('common.none')),
              },
            ]
          : []),
        {
          key: 'free',
          title: t('quota.free'),
          align: 'right',
          render: (_, row) => <strong>{amount(row, row.free, t('quota.noCeiling'))}</strong>,
        },
      ]}
    />
  );
}
