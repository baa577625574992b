import { useQuery } from '@tanstack/react-query';
import { Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QuotaNode, QuotaNodeRow } from '@/shared/api/quota';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { useAmountColumns } from './amountColumns';
import { QuotaLegend } from './QuotaBar';
import { nodesOfQuery } from './quotaQuery';

interface Row {
  node: QuotaNode;
  row: QuotaNodeRow;
  span: number;
}

/** The quota of a unit in each pool, leading to its place in the tree. */
export function UnitQuota({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nodes = useQuery(nodesOfQuery('units', unit));
  const figures = useAmountColumns<Row>(({ row }) => row, false);
  return (
    <Loaded query={nodes}>
      {({ items }) => {
        const rows = items.flatMap((node) =>
          node.rows
            .toSorted((a, b) => byResource(a.resource, b.resource))
            .map((row, index) => ({ node, row, span: index === 0 ? node.rows.length : 0 })),
        );
        if (rows.length === 0) {
          return (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('quota.ofUnitEmpty')} />
          );
        }
        return (
          <>
            <Table<Row>
              aria-label={t('quota.ofUnit')}
              size="small"
              bordered
              rowKey={({ node, row }) => `${node.node.id}/${row.resource}`}
              pagination={false}
              scroll={{ x: 940 }}
              dataSource={rows}
              columns={[
                {
                  key: 'pool',
                  title: t('application.pool'),
                  width: 140,
                  onCell: ({ span }) => ({ rowSpan: span, style: { verticalAlign: 'top' } }),
                  render: (_, { node }) => (
                    <>
                      <div>{format.pool(node.pool)}</div>
                      <Link to={`/quota/${node.node.id}`}>{t('quota.openNode')}</Link>
                    </>
                  ),
                },
                {
                  key: 'resource',
                  title: t('quota.resource'),
                  width: 120,
                  render: (_, { row }) => (
                    <span className="nowrap">{format.resource(row.resource)}</span>
                  ),
                },
                ...figures,
              ]}
            />
            <QuotaLegend />
          </>
        );
      }}
    </Loaded>
  );
}
