import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { quotaQuery } from '@/features/quota/quotaQuery';
import type { QuotaRow } from '@/shared/api/types';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';

/** What a request of this system may still take at each level, from the pool down. */
export function FreeLevels({ system, pool }: { system: string; pool: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const quota = useQuery(quotaQuery(system, pool));
  const path = quota.data?.path ?? [];
  if (path.length === 0) {
    return null;
  }
  const line = (rows: QuotaRow[]) =>
    rows
      .flatMap(({ resource, free }) => (free === null ? [] : [{ resource, free }]))
      .sort((a, b) => byResource(a.resource, b.resource))
      .map(({ resource, free }) => format.named(resource, free))
      .join(' · ');
  return (
    <div>
      <strong>{t('fit.levels')}</strong>
      <ul className="rows">
        {path.map(({ node, rows }) => (
          <li key={node.id} style={{ display: 'block' }}>
            <div>
              <Tag>{t(`nodeKind.${node.kind}`)}</Tag>
              {node.kind === 'POOL' ? format.pool(node.name) : node.name}
            </div>
            <div className="faint">{line(rows) || t('quota.noCeiling')}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}
