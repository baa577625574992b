import { DatePicker, Tag, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Movement, QuotaNode } from '@/shared/api/quota';
import { instantOf } from '@/shared/format/beijing';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { NodeName } from '../NodeName';
import { HeldAtView } from './HeldAtView';
import { HeldChart } from './HeldChart';

/** The past of a node: what it held over time and at one moment, and each change. */
export function HistoryTab({ node, resource }: { node: QuotaNode; resource: string }) {
  const { t } = useTranslation();
  const [range, setRange] = useState<{ from?: string; to?: string }>({});
  const id = node.node.id;
  const list = useList<Movement>(`/quota/nodes/${id}/movements`, {
    fixed: { resource, ...range },
    view: ['tab', 'resource'],
  });
  const columns = useColumns();
  return (
    <div className="stack">
      <div className="filters" style={{ marginBottom: 0 }}>
        <DatePicker.RangePicker
          aria-label={t('movement.range')}
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          onChange={(dates) =>
            setRange(
              dates?.[0] && dates[1] ? { from: instantOf(dates[0]), to: instantOf(dates[1]) } : {},
            )
          }
        />
        <span className="faint">{t('movement.zone')}</span>
      </div>
      <HeldChart id={id} resource={resource} range={range} />
      <HeldAtView id={id} />
      <ListTable
        list={list}
        columns={columns}
        rowKey={(one) => `${one.transfer}/${one.leaf.id}/${one.resource}`}
        name={t('movement.title')}
        width={960}
      />
    </div>
  );
}

/** What a promise and a ceiling were, and what they became. */
function LimitsChanged({
  resource,
  limits: { before, after },
}: {
  resource: string;
  limits: NonNullable<Movement['limits']>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const ceiling = (value: number | null) =>
    value === null ? t('quota.noCeiling') : format.amount(resource, value);
  return (
    <>
      <div className="nowrap">
        {t('movement.promise', {
          before: format.amount(resource, before.guaranteed),
          after: format.amount(resource, after.guaranteed),
        })}
      </div>
      <div className="below nowrap">
        {t('movement.ceiling', { before: ceiling(before.ceiling), after: ceiling(after.ceiling) })}
      </div>
    </>
  );
}

function useColumns(): TableColumnsType<Movement> {
  const { t } = useTranslation();
  const format = useFormat();
  const known = useKnown();
  return [
    {
      key: 'at',
      title: t('movement.at'),
      width: 180,
      render: (_, one) => <span className="nowrap">{format.exactTime(one.at)}</span>,
    },
    {
      key: 'phase',
      title: t('movement.what'),
      width: 160,
      render: (_, one) => (
        <>
          {known(`movement.phase.${one.phase}`, one.phase)}
          {one.phase === 'PENDING' && (
            <Tag style={{ marginInlineStart: 8 }} color={one.ended === null ? 'gold' : 'default'}>
              {one.ended === null
                ? t('movement.stillLocked')
                : known(`movement.ended.${one.ended}`, one.ended)}
            </Tag>
          )}
        </>
      ),
    },
    {
      key: 'leaf',
      title: t('movement.leaf'),
      ellipsis: true,
      render: (_, one) => <NodeName node={one.leaf} />,
    },
    {
      key: 'application',
      title: t('movement.order'),
      width: 140,
      render: (_, one) =>
        one.application ? (
          <Link className="nowrap" to={`/applications/${one.application.id}`}>
            {one.application.number}
          </Link>
        ) : (
          t('common.none')
        ),
    },
    {
      key: 'amount',
      title: t('movement.amount'),
      width: 190,
      align: 'right',
      render: (_, one) =>
        one.limits ? (
          <LimitsChanged resource={one.resource} limits={one.limits} />
        ) : (
          <span className="nowrap">
            {t(one.amount > 0 ? 'movement.more' : 'movement.less', {
              amount: format.amount(one.resource, Math.abs(one.amount)),
            })}
          </span>
        ),
    },
    {
      key: 'held',
      title: t('movement.held'),
      width: 116,
      align: 'right',
      render: (_, one) =>
        one.limits ? (
          t('common.none')
        ) : (
          <span className="nowrap">{format.amount(one.resource, one.held)}</span>
        ),
    },
  ];
}
