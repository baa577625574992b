import { Tag, Tooltip, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuotaNodeRow } from '@/shared/api/quota';
import { useFormat } from '@/shared/format/useFormat';
import { QuotaBar } from './QuotaBar';

/** One figure over another that belongs to it; the list is sorted by the upper one. */
const PAIRS = [
  ['ceiling', 'guaranteed'],
  ['granted', 'locked'],
  ['used', null],
  ['committed', null],
  ['free', null],
] as const;

/** The figures of one resource at a node, with a bar of them. */
export function useAmountColumns<T>(
  rowOf: (item: T) => QuotaNodeRow | undefined,
  sorter: boolean,
): TableColumnsType<T> {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = (row: QuotaNodeRow, value: number | null) =>
    value === null ? t('quota.noCeiling') : format.amount(row.resource, value);
  return [
    {
      key: 'bar',
      title: t('quota.standing'),
      width: 140,
      render: (_, item) => {
        const row = rowOf(item);
        return row ? <QuotaBar row={row} /> : t('common.none');
      },
    },
    ...PAIRS.map(([key, below]) => ({
      key,
      title: (
        <>
          {t(`quota.figure.${key}`)}
          {below && <div className="below">{t(`quota.figure.${below}`)}</div>}
        </>
      ),
      width: 112,
      align: 'right' as const,
      ...(sorter ? { sorter: true } : {}),
      render: (_: unknown, item: T) => {
        const row = rowOf(item);
        if (!row) {
          return t('common.none');
        }
        return (
          <span className="nowrap">
            {key === 'free' ? <strong>{shown(row, row.free)}</strong> : shown(row, row[key])}
            {key === 'free' && row.debt > 0 && (
              <Tooltip
                title={t('quota.debtSince', {
                  time: row.debtSince ? format.time(row.debtSince) : '',
                })}
              >
                <div>
                  <Tag color="error" style={{ marginInlineEnd: 0 }}>
                    {t('quota.debt', { amount: shown(row, row.debt) })}
                  </Tag>
                </div>
              </Tooltip>
            )}
            {below && <div className="below">{shown(row, row[below])}</div>}
          </span>
        );
      },
    })),
  ];
}
