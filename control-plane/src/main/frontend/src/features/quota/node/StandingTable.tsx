import { Empty, Radio, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuotaNode, QuotaNodeRow } from '@/shared/api/quota';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { useAmountColumns } from '../amountColumns';
import { promisedOf } from './promised';
import { QuotaLegend } from '../QuotaBar';

/** How a node stands in every resource; the chosen one is what the lists below speak of. */
export function StandingTable({
  node,
  selected,
  onSelect,
}: {
  node: QuotaNode;
  selected: string;
  onSelect: (resource: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = useAmountColumns<QuotaNodeRow>((row) => row, false);
  const isPool = node.node.kind === 'POOL';
  if (node.rows.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('quota.noRows')} />;
  }
  const left = (row: QuotaNodeRow, taken: number) =>
    row.ceiling === null ? t('quota.noCeiling') : format.amount(row.resource, row.ceiling - taken);
  /** Of what is not granted and not locked, what only those below find to whom it is promised. */
  const promised = (row: QuotaNodeRow) => format.amount(row.resource, promisedOf(row));
  return (
    <>
      <Table<QuotaNodeRow>
        aria-label={t('quota.standingTitle')}
        size="small"
        rowKey="resource"
        pagination={false}
        scroll={{ x: 940 }}
        dataSource={node.rows.toSorted((a, b) => byResource(a.resource, b.resource))}
        onRow={(row) => ({ onClick: () => onSelect(row.resource), style: { cursor: 'pointer' } })}
        columns={[
          {
            key: 'resource',
            title: t('quota.resource'),
            width: 140,
            render: (_, row) => (
              <Radio checked={row.resource === selected}>{format.resource(row.resource)}</Radio>
            ),
          },
          ...figures,
          ...(isPool
            ? [
                {
                  key: 'left',
                  title: (
                    <>
                      {t('quota.leftNow')}
                      <div className="below">{t('quota.leftAfterLocked')}</div>
                    </>
                  ),
                  width: 160,
                  align: 'right' as const,
                  render: (_: unknown, row: QuotaNodeRow) => (
                    <span className="nowrap">
                      {left(row, row.granted)}
                      <div className="below">{left(row, row.granted + row.locked)}</div>
                      {row.ceiling !== null && (
                        <div className="below">
                          {t('quota.ofItPromised', { amount: promised(row) })}
                        </div>
                      )}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      <QuotaLegend />
    </>
  );
}
