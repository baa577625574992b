import { useQuery } from '@tanstack/react-query';
import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { usePools } from '@/shared/api/queries';
import type { BusinessSystem, Unit } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { useSystemColumns } from './systemColumns';

export function SystemsPage() {
  const { t } = useTranslation();
  const { zone } = useFormat();
  const list = useList<BusinessSystem>('/systems', { sort: 'name' });
  const columns = useSystemColumns(true);
  const pools = usePools();
  const zones = [...new Set(pools.data?.items.map((pool) => pool.zone))];
  const unit = list.filters['unit'];
  return (
    <>
      <PageHead title={t('register.systemsTitle')} />
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('register.systemSearchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <FilterSelect
            list={list}
            name="zone"
            label={t('register.zone')}
            width={190}
            options={zones.map((code) => ({ value: code, label: zone(code) }))}
          />
          {unit && <UnitFilter id={unit} onClose={() => list.set({ unit: undefined })} />}
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={(system) => system.id}
          name={t('register.systemsTitle')}
          width={960}
        />
      </Card>
    </>
  );
}

function UnitFilter({ id, onClose }: { id: string; onClose: () => void }) {
  const unit = useQuery({
    queryKey: ['/units', 'one', id],
    queryFn: ({ signal }) => api<Unit>(`/units/${id}`, { signal }),
  });
  return (
    <Tag closable onClose={onClose} color="blue">
      {unit.data?.name ?? id}
    </Tag>
  );
}
