import { EditOutlined, PlusOutlined, SnippetsOutlined } from '@ant-design/icons';
import { Button, Card, Checkbox, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMay, useMe } from '@/shared/api/queries';
import type { Application, ApplicationState } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';
import { ExportButton } from '@/shared/list/ExportButton';
import { FilterCheckbox, FilterSelect } from '@/shared/list/FilterSelect';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useList, type List } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { ApplicationStateTag } from '@/shared/ui/tags';
import { UnitSelect } from '../register/reorganize/UnitSelect';
import { amountsLine } from './amounts';
import { BulkApproval } from './BulkApproval';

const STATES: ApplicationState[] = [
  'DEPT_REVIEW',
  'TECH_REVIEW',
  'EXPERT_REVIEW',
  'BUREAU_APPROVAL',
  'AUTO_APPROVED',
  'APPROVED',
  'DELIVERING',
  'PARTIAL',
  'DELIVERED',
  'CLOSED',
  'RETURNED',
  'REJECTED',
  'WITHDRAWN',
  'EXPIRED',
];

/** As many as the server judges at once. */
const MOST_CHOSEN = 100;

export function ApplicationsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  const [params] = useSearchParams();
  const inbox = params.get('inbox') === 'true';
  const list = useList<Application>(inbox ? '/applications/inbox' : '/applications', {
    sort: '-submittedAt',
  });
  const columns = useColumns();
  const [chosen, setChosen] = useState<Application[]>([]);
  return (
    <>
      <PageHead title={t('application.listTitle')}>
        {inbox && <BulkApproval chosen={chosen} onDone={() => setChosen([])} />}
        <ApplicationsExport list={list} path={inbox ? '/applications/inbox' : '/applications'} />
        {may('APPLICATION_SUBMIT') && (
          <>
            <Link to="/applications/templates">
              <Button icon={<SnippetsOutlined />} tabIndex={-1}>
                {t('template.listTitle')}
              </Button>
            </Link>
            <Link to="/applications/drafts">
              <Button icon={<EditOutlined />} tabIndex={-1}>
                {t('draft.listTitle')}
              </Button>
            </Link>
            <Link to="/applications/new">
              <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
                {t('application.new')}
              </Button>
            </Link>
          </>
        )}
      </PageHead>
      <Card>
        <div className="filters">
          <SearchBox
            hint={t('application.searchHint')}
            value={list.filters['q'] ?? ''}
            onSearch={(q) => list.set({ q })}
          />
          {!inbox && (
            <FilterSelect
              list={list}
              name="state"
              label={t('application.stateLabel')}
              width={210}
              multiple
              options={STATES.map((state) => ({
                value: state,
                label: t(`application.state.${state}`),
              }))}
            />
          )}
          {!inbox && me.data?.unit === null && (
            <UnitSelect
              allowClear
              width={200}
              label={t('application.unit')}
              {...(list.filters['unit'] && { value: list.filters['unit'] })}
              onChange={(unit) => list.set({ unit })}
            />
          )}
          {may('APPLICATION_DECIDE') && (
            <Checkbox
              checked={inbox}
              onChange={(event) =>
                list.set({
                  inbox: event.target.checked ? 'true' : undefined,
                  state: undefined,
                  unit: undefined,
                  mine: undefined,
                })
              }
            >
              {t('application.inbox')}
            </Checkbox>
          )}
          {!inbox && may('APPLICATION_SUBMIT') && (
            <FilterCheckbox list={list} name="mine">
              {t('application.mine')}
            </FilterCheckbox>
          )}
        </div>
        <ListTable
          list={list}
          columns={columns}
          rowKey={(row) => row.id}
          name={t('application.listTitle')}
          width={960}
          {...(inbox && {
            rowSelection: {
              selectedRowKeys: chosen.map(({ id }) => id),
              preserveSelectedRowKeys: true,
              onChange: (_: unknown, rows: Application[]) => setChosen(rows.slice(0, MOST_CHOSEN)),
              getCheckboxProps: (row: Application) => ({
                disabled: !row.commands.includes('APPROVE'),
                'aria-label': t('bulk.choose', { number: row.number }),
              }),
            },
          })}
        />
      </Card>
    </>
  );
}

function useColumns(): TableColumnsType<Application> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'number',
      title: t('application.number'),
      width: 122,
      sorter: true,
      render: (_, row) => (
        <Link className="nowrap" to={`/applications/${row.id}`}>
          {row.number}
        </Link>
      ),
    },
    {
      key: 'system',
      title: t('application.system'),
      width: 190,
      render: (_, row) => (
        <>
          <div>{row.system.name}</div>
          <div className="faint">{row.unit.name}</div>
        </>
      ),
    },
    {
      key: 'purpose',
      title: t('application.purpose'),
      width: 120,
      ellipsis: true,
      render: (_, row) => row.purpose,
    },
    {
      key: 'pool',
      title: t('application.pool'),
      width: 125,
      render: (_, row) => format.pool(row.pool),
    },
    {
      key: 'amounts',
      title: t('application.amounts'),
      render: (_, row) => amountsLine(row.amounts, format),
    },
    {
      key: 'submittedAt',
      title: t('application.submittedAt'),
      width: 142,
      sorter: true,
      render: (_, row) => (
        <>
          <div className="nowrap">{format.time(row.submittedAt)}</div>
          <div className="faint">{row.submittedBy.name}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('application.stateLabel'),
      width: 124,
      render: (_, row) => <ApplicationStateTag state={row.state} />,
    },
  ];
}

function ApplicationsExport({ list, path }: { list: List<Application>; path: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ExportButton
      list={list}
      path={path}
      name={t('application.exportName')}
      head={[
        t('application.number'),
        t('application.stateLabel'),
        t('application.unit'),
        t('application.system'),
        t('application.pool'),
        t('application.amounts'),
        t('application.purpose'),
        t('application.term'),
        t('application.submittedBy'),
        t('application.submittedAt'),
      ]}
      row={(one) => [
        one.number,
        t(`application.state.${one.state}`),
        one.unit.name,
        one.system.name,
        format.pool(one.pool),
        amountsLine(one.amounts, format),
        one.purpose,
        one.termMonths ?? '',
        one.submittedBy.name,
        format.time(one.submittedAt),
      ]}
    />
  );
}
