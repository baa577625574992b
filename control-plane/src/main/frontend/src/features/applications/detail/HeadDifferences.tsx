import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Ref } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';

/** What a revision asks for beside its items. */
export interface RevisionHead {
  system: Ref & { code: string };
  /** As it was called then. */
  pool: string;
  purpose: string;
  termMonths: number | null;
  expectedLoad: string | null;
}

/** What of a revision is other than in an earlier one, beside its items. */
export function HeadDifferences({
  before,
  after,
}: {
  before: RevisionHead | null;
  after: RevisionHead | null;
}) {
  const { t } = useTranslation();
  const { number, pool } = useFormat();
  if (before === null || after === null) {
    return <p className="faint">{t('detail.headUnknown')}</p>;
  }
  const rows = [
    { key: 'system', label: t('application.system'), of: (head: RevisionHead) => head.system.name },
    { key: 'pool', label: t('application.pool'), of: (head: RevisionHead) => pool(head.pool) },
    { key: 'purpose', label: t('application.purpose'), of: (head: RevisionHead) => head.purpose },
    {
      key: 'term',
      label: t('application.term'),
      of: ({ termMonths }: RevisionHead) =>
        termMonths === null ? t('common.none') : t('units.months', { value: number(termMonths) }),
    },
    {
      key: 'load',
      label: t('apply.expectedLoad'),
      of: (head: RevisionHead) => head.expectedLoad ?? t('common.none'),
    },
  ].filter(({ of }) => of(before) !== of(after));
  return (
    <ul className="rows">
      {rows.map(({ key, label, of }) => (
        <li key={key}>
          <span className="faint nowrap">{label}</span>
          <Tag color="red">{t('detail.change.GONE')}</Tag>
          <span>{of(before)}</span>
          <Tag color="green">{t('detail.change.NEW')}</Tag>
          <span>{of(after)}</span>
        </li>
      ))}
    </ul>
  );
}
