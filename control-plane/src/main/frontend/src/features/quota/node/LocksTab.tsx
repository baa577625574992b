import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { palette } from '@/app/theme';
import type { Lock, QuotaNode } from '@/shared/api/quota';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { promisedOf } from './promised';

/** The undecided orders below a node, the oldest first, and what each would leave. */
export function LocksTab({ node, resource }: { node: QuotaNode; resource: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useList<Lock>(`/quota/nodes/${node.node.id}/locks`, { view: ['tab', 'resource'] });
  const row = node.rows.find((one) => one.resource === resource);
  const now = row === undefined || row.ceiling === null ? null : row.ceiling - row.granted;
  const columns: TableColumnsType<Lock> = [
    {
      key: 'application',
      title: t('lock.order'),
      width: 140,
      render: (_, lock) =>
        lock.application ? (
          <Link to={`/applications/${lock.application.id}`}>{lock.application.number}</Link>
        ) : (
          t('common.none')
        ),
    },
    {
      key: 'system',
      title: t('common.system'),
      ellipsis: true,
      render: (_, lock) => lock.system?.name ?? t('quota.infrastructure'),
    },
    {
      key: 'at',
      title: t('lock.at'),
      width: 150,
      render: (_, lock) => <span className="nowrap">{format.time(lock.at)}</span>,
    },
    {
      key: 'expires',
      title: t('lock.expiresAt'),
      width: 150,
      render: (_, lock) => (
        <span className="nowrap">
          {lock.expiresAt ? format.time(lock.expiresAt) : t('lock.never')}
        </span>
      ),
    },
    {
      key: 'amount',
      title: t('lock.amount'),
      width: 120,
      align: 'right',
      render: (_, { amounts }) => format.amount(resource, amounts[resource] ?? 0),
    },
    {
      key: 'left',
      title: t('lock.left'),
      width: 190,
      align: 'right',
      render: (_, { upTo }) => {
        const taken = upTo[resource];
        if (now === null || taken === undefined) {
          return now === null ? t('quota.noCeiling') : t('common.none');
        }
        const left = now - taken;
        return (
          <strong style={left < 0 ? { color: palette.bad } : {}}>
            {format.amount(resource, left)}
          </strong>
        );
      },
    },
  ];
  return (
    <>
      <p className="faint">
        {t('lock.summary', {
          total: format.number(list.total ?? 0),
          resource: format.resource(resource),
          now: now === null ? t('quota.noCeiling') : format.amount(resource, now),
          after:
            row === undefined || now === null
              ? t('quota.noCeiling')
              : format.amount(resource, now - row.locked),
        })}
        {row?.free !== undefined &&
          row.free !== null &&
          t('lock.promised', {
            promised: format.amount(resource, promisedOf(row)),
            free: format.amount(resource, row.free),
          })}
      </p>
      <ListTable
        list={list}
        columns={columns}
        rowKey={(lock) => lock.transfer}
        name={t('quota.tab.locks')}
        width={860}
      />
    </>
  );
}
