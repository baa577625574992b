import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { ShortfallView } from '@/features/applications/apply/ShortfallView';
import type { QuotaNode, Refusal } from '@/shared/api/quota';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { NodeName, useNodeName } from '../NodeName';

/** What can be asked for and refused. */
const PHASES = ['PENDING', 'LEASE', 'LIMIT', 'MOVE'] as const;

/** What was refused at a node or below it, the latest first, with what was short then. */
export function RefusalsTab({ node }: { node: QuotaNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useKnown();
  const nameOf = useNodeName();
  const list = useList<Refusal>(`/quota/nodes/${node.node.id}/refusals`, {
    view: ['tab', 'resource'],
  });
  const columns: TableColumnsType<Refusal> = [
    {
      key: 'at',
      title: t('refusal.at'),
      width: 180,
      render: (_, one) => <span className="nowrap">{format.exactTime(one.at)}</span>,
    },
    {
      key: 'what',
      title: t('refusal.what'),
      width: 160,
      render: (_, one) => known(`refusal.phase.${one.phase}`, one.phase),
    },
    {
      key: 'asked',
      title: t('refusal.asked'),
      render: (_, one) =>
        one.asked.length === 0
          ? t('common.none')
          : one.asked.map(({ leaf, amounts }) => (
              <div key={leaf.id}>
                <NodeName node={leaf} />
                <div className="below">
                  {Object.entries(amounts)
                    .sort(([a], [b]) => byResource(a, b))
                    .map(([resource, amount]) =>
                      t('refusal.amount', {
                        resource: format.resource(resource),
                        amount: format.amount(resource, amount),
                      }),
                    )
                    .join(t('refusal.and'))}
                </div>
              </div>
            )),
    },
    {
      key: 'short',
      title: t('refusal.short'),
      render: (_, one) =>
        one.shortfalls.map((short) => (
          <div key={`${short.node.id}/${short.resource}`}>
            {t('refusal.shortLine', {
              node: nameOf(short.node),
              resource: format.resource(short.resource),
              missing: format.amount(short.resource, short.missing),
            })}
          </div>
        )),
    },
  ];
  return (
    <>
      <div className="filters">
        <FilterSelect
          list={list}
          name="phase"
          label={t('refusal.what')}
          width={200}
          options={PHASES.map((phase) => ({ value: phase, label: t(`refusal.phase.${phase}`) }))}
        />
      </div>
      <ListTable
        list={list}
        columns={columns}
        rowKey={(one) => one.transfer}
        name={t('quota.tab.refusals')}
        width={940}
        detail={(one) => (
          <div className="stack" style={{ gap: 12 }}>
            {one.shortfalls.map((short) => (
              <ShortfallView key={`${short.node.id}/${short.resource}`} shortfall={short} />
            ))}
          </div>
        )}
      />
    </>
  );
}
