import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuotaNode, QuotaNodeRow } from '@/shared/api/quota';
import type { NodeRef } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { NodeName } from '../NodeName';

const FIGURES = ['guaranteed', 'ceiling', 'committed', 'free'] as const;

interface Line {
  key: string;
  node: NodeRef;
  before: QuotaNodeRow | undefined;
  after: QuotaNodeRow;
}

/** What new limits make of each level: as it is, and as it would be. */
export function PathChange({
  before,
  after,
  resources,
}: {
  before: QuotaNode[];
  after: QuotaNode[];
  resources: string[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const rowOf = (nodes: QuotaNode[], id: string, resource: string) =>
    nodes.find(({ node }) => node.id === id)?.rows.find((row) => row.resource === resource);
  const lines: Line[] = after.flatMap(({ node, rows }) =>
    rows
      .filter(({ resource }) => resources.includes(resource))
      .map((row) => ({
        key: `${node.id}/${row.resource}`,
        node,
        before: rowOf(before, node.id, row.resource),
        after: row,
      })),
  );
  const shown = (resource: string, value: number | null | undefined) =>
    value === null || value === undefined ? t('quota.noCeiling') : format.exact(resource, value);
  return (
    <Table<Line>
      aria-label={t('quota.limit.effect')}
      size="small"
      rowKey="key"
      pagination={false}
      scroll={{ x: 760 }}
      dataSource={lines}
      columns={[
        {
          key: 'node',
          title: t('quota.level'),
          width: 210,
          render: (_, line) => <NodeName node={line.node} link={false} />,
        },
        {
          key: 'resource',
          title: t('quota.resource'),
          width: 110,
          render: (_, line) => format.resource(line.after.resource),
        },
        ...FIGURES.map((key) => ({
          key,
          title: t(`quota.figure.${key}`),
          align: 'right' as const,
          render: (_: unknown, { before: old, after: now }: Line) => {
            const was = shown(now.resource, old?.[key]);
            const is = shown(now.resource, now[key]);
            return was === is ? (
              <span className="faint nowrap">{is}</span>
            ) : (
              <>
                <del className="faint nowrap">{was}</del>
                <div className="nowrap">
                  <strong>{is}</strong>
                </div>
              </>
            );
          },
        })),
      ]}
    />
  );
}
