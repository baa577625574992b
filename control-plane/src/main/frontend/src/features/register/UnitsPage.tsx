import { Card, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Unit } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { RegionSelect } from './RegionSelect';

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
