import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFormat } from '@/shared/format/useFormat';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { SearchBox } from '@/shared/list/SearchBox';
import { withChanges } from '@/shared/list/useList';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { QuotaLegend } from '../QuotaBar';
import { topQuery } from '../quotaQuery';
import { ResourceSelect, USUAL_RESOURCE } from '../ResourceSelect';
import { FoundNodes } from './FoundNodes';
import { NodeTree } from './NodeTree';

/** The quota tree of a pool: level by level, or what a search finds at any level. */
export function QuotaPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const top = useQuery(topQuery());
  const set = (changes: Record<string, string | undefined>) =>
    setSearch((before) => withChanges(before, changes), { replace: true });
  return (
    <>
      <PageHead title={t('quota.treeTitle')}>
        <ExportMenu path="/quota/export" query={{ pool: search.get('pool') }} name="quota" />
      </PageHead>
      <Card>
        <Loaded query={top} rows={8}>
          {({ items }) => {
            const pools = [...new Set(items.map(({ pool }) => pool))];
            const pool = pools.find((id) => id === search.get('pool')) ?? pools[0];
            if (pool === undefined) {
              return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('quota.noTree')} />;
            }
            const roots = items.filter((node) => node.pool === pool);
            const codes = [
              ...new Set(roots.flatMap(({ rows }) => rows.map(({ resource }) => resource))),
            ];
            const asked = search.get('resource') ?? USUAL_RESOURCE;
            const resource = codes.includes(asked) ? asked : (codes[0] ?? USUAL_RESOURCE);
            const q = search.get('q') ?? '';
            return (
              <>
                <div className="filters">
                  <Select
                    aria-label={t('application.pool')}
                    style={{ width: 250 }}
                    value={pool}
                    onChange={(id) => set({ pool: id })}
                    options={pools.map((id) => ({ value: id, label: format.pool(id) }))}
                  />
                  <ResourceSelect
                    codes={codes}
                    value={resource}
                    onChange={(code) => set({ resource: code })}
                  />
                  <SearchBox
                    hint={t('quota.searchHint')}
                    value={q}
                    onSearch={(text) => set({ q: text })}
                  />
                </div>
                {q === '' ? (
                  <NodeTree key={pool} roots={roots} resource={resource} />
                ) : (
                  <FoundNodes pool={pool} resource={resource} />
                )}
                <QuotaLegend />
              </>
            );
          }}
        </Loaded>
      </Card>
    </>
  );
}
