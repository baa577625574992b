import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberCluster } from '@/shared/api/clusters';
import { useMay } from '@/shared/api/queries';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { DeclareDialog } from './DeclareDialog';

/** What the nodes offer beside what an operator declares, and what is charged of it. */
export function CapacityCard({ cluster }: { cluster: MemberCluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [declaring, setDeclaring] = useState(false);
  const { capacity, declared, committed, differences } = cluster;
  const codes = [
    ...new Set([
      ...Object.keys(capacity?.allocatable ?? {}),
      ...Object.keys(declared?.amounts ?? {}),
      'cpuMillis',
      'memoryBytes',
    ]),
  ].toSorted(byResource);
  const amount = (code: string, of: Record<string, number> | undefined) =>
    of?.[code] === undefined ? t('common.none') : format.amount(code, of[code]);
  return (
    <Card
      title={t('cluster.capacity')}
      extra={
        may('CLUSTER_REGISTER') && (
          <Button size="small" onClick={() => setDeclaring(true)}>
            {t('cluster.declareOpen')}
          </Button>
        )
      }
    >
      <p className="faint" style={{ marginTop: 0 }}>
        {capacity
          ? t('cluster.nodes', {
              nodes: format.number(capacity.nodes),
              ready: format.number(capacity.ready),
              open: format.number(capacity.open),
              time: format.time(capacity.readAt),
            })
          : t('cluster.neverRead')}
        {declared && (
          <>
            <br />
            {t('cluster.declaredBy', {
              name: declared.by.name,
              time: format.time(declared.at),
              reason: declared.reason,
            })}
          </>
        )}
      </p>
      <Table<{ code: string }>
        aria-label={t('cluster.capacity')}
        size="small"
        rowKey="code"
        pagination={false}
        scroll={{ x: 620 }}
        dataSource={codes.map((code) => ({ code }))}
        columns={[
          {
            key: 'resource',
            title: t('quota.resource'),
            render: (_, { code }) => format.resource(code),
          },
          {
            key: 'read',
            title: t('cluster.read'),
            align: 'right',
            render: (_, { code }) => amount(code, capacity?.allocatable),
          },
          ...(capacity?.shares ?? []).map((share) => ({
            key: share.processor ?? 'none',
            title: share.processor
              ? t(`cluster.processor.${share.processor}`)
              : t('cluster.processor.none'),
            align: 'right' as const,
            render: (_: unknown, { code }: { code: string }) => amount(code, share.allocatable),
          })),
          {
            key: 'declared',
            title: t('cluster.declared'),
            align: 'right',
            render: (_, { code }) => amount(code, declared?.amounts),
          },
          {
            key: 'difference',
            title: t('cluster.difference'),
            align: 'right',
            render: (_, { code }) => {
              const difference = differences[code];
              return difference === undefined
                ? t('common.none')
                : `${difference > 0 ? '+' : '−'}${format.amount(code, Math.abs(difference))}`;
            },
          },
          {
            key: 'committed',
            title: t('cluster.committed'),
            align: 'right',
            render: (_, { code }) => format.amount(code, committed[code] ?? 0),
          },
        ]}
      />
      {declaring && <DeclareDialog cluster={cluster} onClose={() => setDeclaring(false)} />}
    </Card>
  );
}
