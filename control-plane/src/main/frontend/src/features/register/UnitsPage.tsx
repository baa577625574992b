import { useQuery } from '@tanstack/react-query';
import { Card, Select, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { Page, RegionRef, Unit } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';

export function UnitsPage() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const list = useList<Unit>('/units', { sort: 'name' });
  const columns: TableColumnsType<Unit> = [
    {
      key: 'name',
      title: t('register.unitName'),
      sorter: true,
      render: (_, unit) => <Link to={`/units/${unit.id}`}>{unit.name}</Link>,
    },
    {
      key: 'uscc',
      title: t('register.uscc'),
      width: 220,
      render: (_, unit) => <span className="code">{unit.uscc}</span>,
    },
    {
      key: 'region',
      title: t('register.region'),
      width: 200,
      render: (_, unit) => unit.region.name,
    },
    {
      key: 'systems',
      title: t('register.systemCount'),
      width: 110,
      align: 'right',
      render: (_, unit) => <Link to={`/systems?unit=${unit.id}`}>{number(unit.systems)}</Link>,
    },
  ];
  return (
    <>
      <PageHead title={t('register.unitsTitle')} />
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('register.unitSearchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <RegionSelect
            value={list.filters['region'] ?? null}
            onChange={(region) => list.set({ region })}
          />
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={(unit) => unit.id}
          name={t('register.unitsTitle')}
          width={760}
        />
      </Card>
    </>
  );
}

function RegionSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (code: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const regions = useQuery({
    queryKey: ['/regions'],
    queryFn: ({ signal }) =>
      api<Pick<Page<RegionRef>, 'items'>>('/regions', { query: { limit: 200 }, signal }),
  });
  return (
    <Select
      allowClear
      aria-label={t('register.region')}
      placeholder={t('register.region')}
      style={{ width: 200 }}
      loading={regions.isPending}
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      onChange={(code: string | null) => onChange(code ?? undefined)}
      options={(regions.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))}
    />
  );
}
