import { Card, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { UnitSelect } from '@/features/register/reorganize/UnitSelect';
import { SizeText } from '@/features/verdicts/SizeText';
import { useMe } from '@/shared/api/queries';
import { RECLAIM_STATES, type Reclaim } from '@/shared/api/reclaims';
import { useFormat } from '@/shared/format/useFormat';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { ReclaimStateTag } from './ReclaimStateTag';

/** Orders to reclaim and to shrink, the latest first. */
export function ReclaimsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const list = useList<Reclaim>('/reclaims');
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('reclaim.title')}>
        <ExportMenu
          path="/reclaims/export"
          query={list.asked}
          name="reclaims"
          disabled={list.total === 0}
        />
      </PageHead>
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('reclaim.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          <FilterSelect
            list={list}
            name="state"
            label={t('reclaim.stateLabel')}
            width={210}
            multiple
            options={RECLAIM_STATES.map((state) => ({
              value: state,
              label: t(`reclaim.state.${state}`),
            }))}
          />
          {me.data?.unit === null && (
            <UnitSelect
              allowClear
              width={220}
              label={t('application.unit')}
              {...(list.filters['unit'] && { value: list.filters['unit'] })}
              onChange={(unit) => list.set({ unit })}
            />
          )}
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={({ id }) => id}
          name={t('reclaim.title')}
        />
      </Card>
    </>
  );
}

function useColumns(): TableColumnsType<Reclaim> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'number',
      title: t('reclaim.number'),
      width: 115,
      render: (_, { id, number }) => (
        <Link className="nowrap" to={`/reclaims/${id}`}>
          {number}
        </Link>
      ),
    },
    {
      key: 'unit',
      title: t('application.unit'),
      width: 150,
      sorter: true,
      render: (_, { unit }) => unit.name,
    },
    {
      key: 'basis',
      title: t('reclaim.basis'),
      ellipsis: true,
      render: (_, { basis }) => basis,
    },
    {
      key: 'hosts',
      title: t('reclaim.hosts'),
      width: 75,
      align: 'right',
      render: (_, { sums }) => format.number(sums.hosts),
    },
    {
      key: 'planned',
      title: t('reclaim.plannedFree'),
      width: 130,
      render: (_, { sums }) => <SizeText size={sums.planned} />,
    },
    {
      key: 'actual',
      title: t('reclaim.actualFree'),
      width: 130,
      render: (_, { sums }) => <SizeText size={sums.actual} />,
    },
    {
      key: 'proposedAt',
      title: t('reclaim.proposedAt'),
      width: 142,
      sorter: true,
      render: (_, { proposedAt, proposedBy }) => (
        <>
          <div className="nowrap">{format.time(proposedAt)}</div>
          <div className="faint">{proposedBy.name}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('reclaim.stateLabel'),
      width: 112,
      render: (_, { state }) => <ReclaimStateTag state={state} />,
    },
  ];
}
