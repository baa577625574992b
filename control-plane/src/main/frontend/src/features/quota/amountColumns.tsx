import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { QuotaNodeRow } from '@/shared/api/quota';
import { useFormat } from '@/shared/format/useFormat';
import { QuotaBar } from './QuotaBar';

const FIGURES = [
  'guaranteed',
  'ceiling',
  'committed',
  'granted',
  'locked',
  'used',
  'free',
] as const;

/** What the server can sort nodes by. */
const SORTED = ['guaranteed', 'ceiling', 'committed', 'granted', 'used', 'free'];

/** The figures of one resource at a node, with a bar of them. */
export function useAmountColumns<T>(
  rowOf: (item: T) => QuotaNodeRow | undefined,
  sorter: boolean,
): TableColumnsType<T> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'bar',
      title: t('quota.standing'),
      width: 180,
      render: (_, item) => {
        const row = rowOf(item);
        return row ? <QuotaBar row={row} /> : t('common.none');
      },
    },
    ...FIGURES.map((key) => ({
      key,
      title: t(`quota.figure.${key}`),
      width: 104,
      align: 'right' as const,
      ...(sorter && SORTED.includes(key) ? { sorter: true } : {}),
      render: (_: unknown, item: T) => {
        const row = rowOf(item);
        if (!row) {
          return t('common.none');
        }
        const value = row[key];
        const text = value === null ? t('quota.noCeiling') : format.amount(row.resource, value);
        return <span className="nowrap">{key === 'free' ? <strong>{text}</strong> : text}</span>;
      },
    })),
  ];
}
