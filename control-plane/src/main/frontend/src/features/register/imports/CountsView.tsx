import { Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportCounts } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { TABLES } from './tables';

/** How many rows of each table were, or would be, imported. */
export function CountsView({ counts }: { counts: ImportCounts }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <div className="counts">
      {TABLES.map((table) => (
        <Statistic
          key={table}
          title={t(`import.tables.${table}`)}
          value={counts[table]}
          formatter={() => number(counts[table])}
        />
      ))}
    </div>
  );
}
