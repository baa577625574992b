import { Card, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CYCLE_STATES, type DeliveryCycle, type DeliveryCycles } from '@/shared/api/cycles';
import { useFormat } from '@/shared/format/useFormat';
import { FilterCheckbox, FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import type { List } from '@/shared/list/useList';
import { ApplicationStateTag } from '@/shared/ui/tags';

/** What was delivered and what is on its way, the longest first. */
export function CycleList({ list, report }: { list: List<DeliveryCycle>; report: DeliveryCycles }) {
  const { t } = useTranslation();
  const columns = useColumns();
  return (
    <Card
      title={t('cycle.list')}
      extra={t('cycle.overdue', { count: report.overdueCount, days: report.within })}
    >
      <div className="filters">
        <SearchBox
          hint={t('application.searchHint')}
          value={list.filters['q'] ?? ''}
          onSearch={(q) => list.set({ q })}
        />
        <FilterSelect
          list={list}
          name="state"
          label={t('application.stateLabel')}
          width={210}
          multiple
          options={CYCLE_STATES.map((state) => ({
            value: state,
            label: t(`application.state.${state}`),
          }))}
        />
        <FilterCheckbox list={list} name="overdue">
          {t('cycle.overdueOnly')}
        </FilterCheckbox>
      </div>
      <ListTable
        list={list}
        columns={columns}
        rowKey={({ application }) => application.id}
        name={t('cycle.list')}
      />
    </Card>
  );
}

function useColumns(): TableColumnsType<DeliveryCycle> {
  const { t } = useTranslation();
  const { number, time } = useFormat();
  return [
    {
      key: 'application',
      title: t('cycle.application'),
      render: (_, one) => (
        <>
          <Link to={`/applications/${one.application.id}`}>{one.application.number}</Link>
          <div className="faint">{one.purpose}</div>
        </>
      ),
    },
    { key: 'unit', title: t('cycle.unit'), width: 170, render: (_, one) => one.unitName },
    {
      key: 'state',
      title: t('application.stateLabel'),
      width: 124,
      render: (_, one) => <ApplicationStateTag state={one.state} />,
    },
    {
      key: 'submittedAt',
      title: t('cycle.submittedAt'),
      width: 150,
      sorter: true,
      render: (_, one) => <span className="nowrap">{time(one.submittedAt)}</span>,
    },
    {
      key: 'deliveredAt',
      title: t('cycle.deliveredAt'),
      width: 150,
      sorter: true,
      render: (_, one) => (
        <span className="nowrap">
          {one.deliveredAt ? time(one.deliveredAt) : t('cycle.notYet')}
        </span>
      ),
    },
    {
      key: 'days',
      title: t('cycle.days'),
      width: 120,
      align: 'right',
      sorter: true,
      render: (_, one) =>
        one.overdue ? <Tag color="error">{number(one.days)}</Tag> : number(one.days),
    },
    {
      key: 'reason',
      title: t('cycle.reason'),
      width: 180,
      render: (_, one) =>
        one.longest
          ? t('cycle.stay', {
              state: t(`application.state.${one.longest.state}`),
              days: one.longest.days,
            })
          : t('common.none'),
    },
  ];
}
