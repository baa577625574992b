import { useQuery } from '@tanstack/react-query';
import { Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { palette } from '@/app/theme';
import { api } from '@/shared/api/http';
import type { Lock, QuotaNode } from '@/shared/api/quota';
import type { Page } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { promisedOf } from './promised';

/** More undecided orders than any office leaves lying; a bound on what is fetched. */
const MOST = 200;

interface Line extends Lock {
  key: number;
  amount: number;
  /** What is left once this order and all before it are approved; null without a ceiling. */
  left: number | null;
}

/** The undecided orders below a node, the oldest first, and what each would leave. */
export function LocksTab({ node, resource }: { node: QuotaNode; resource: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = node.node.id;
  const locks = useQuery({
    queryKey: ['/quota/nodes', 'locks', id],
    queryFn: ({ signal }) =>
      api<Page<Lock>>(`/quota/nodes/${id}/locks`, { query: { limit: MOST }, signal }),
  });
  const row = node.rows.find((one) => one.resource === resource);
  const now = row === undefined || row.ceiling === null ? null : row.ceiling - row.granted;
  return (
    <Loaded query={locks}>
      {({ items, total }) => {
        if (items.length === 0) {
          return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('lock.empty')} />;
        }
        let taken = 0;
        const lines: Line[] = items.map((lock, key) => {
          const amount = lock.amounts[resource] ?? 0;
          taken += amount;
          return { ...lock, key, amount, left: now === null ? null : now - taken };
        });
        return (
          <>
            <p className="faint">
              {t('lock.summary', {
                total: format.number(total),
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
            <Table<Line>
              aria-label={t('quota.tab.locks')}
              size="small"
              rowKey="key"
              pagination={false}
              scroll={{ x: 860 }}
              dataSource={lines}
              columns={[
                {
                  key: 'application',
                  title: t('lock.order'),
                  width: 140,
                  render: (_, lock) =>
                    lock.application ? (
                      <Link to={`/applications/${lock.application.id}`}>
                        {lock.application.number}
                      </Link>
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
                  render: (_, lock) => format.amount(resource, lock.amount),
                },
                {
                  key: 'left',
                  title: t('lock.left'),
                  width: 190,
                  align: 'right',
                  render: (_, { left }) => (
                    <strong style={left !== null && left < 0 ? { color: palette.bad } : {}}>
                      {left === null ? t('quota.noCeiling') : format.amount(resource, left)}
                    </strong>
                  ),
                },
              ]}
            />
          </>
        );
      }}
    </Loaded>
  );
}
