import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Empty, Select, Table, type TableColumnsType, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { useFormat } from '@/shared/format/useFormat';
import { ErrorView } from '@/shared/ui/ErrorView';
import { LIMITS, type List } from './useList';

/** A page of a list with its pager; columns whose `sorter` is true are sorted by the server. */
export function ListTable<T extends object>({
  list,
  columns,
  rowKey,
  name,
  width = 960,
  rowSelection,
  detail,
}: {
  list: List<T>;
  columns: TableColumnsType<T>;
  rowKey: (row: T) => string;
  name: string;
  width?: number;
  rowSelection?: TableProps<T>['rowSelection'];
  /** What a row shows when it is opened. */
  detail?: (row: T) => ReactNode;
}) {
  const { t } = useTranslation();
  if (list.query.isError && !list.query.data) {
    return <ErrorView error={list.query.error} retry={() => void list.query.refetch()} />;
  }
  return (
    <>
      <Table<T>
        aria-label={name}
        size="middle"
        columns={columns.map((column) => ({ ...column, ...sortState(column, list.sort) }))}
        dataSource={list.items}
        rowKey={rowKey}
        {...(rowSelection && { rowSelection })}
        loading={list.query.isFetching && (list.query.isPending || list.query.isPlaceholderData)}
        pagination={false}
        // A list is flat: rows with a member called children have none below them here.
        expandable={{
          childrenColumnName: 'none',
          ...(detail && { expandedRowRender: detail }),
        }}
        scroll={{ x: width }}
        showSorterTooltip={false}
        locale={{ emptyText: <Nothing list={list} /> }}
        onChange={(_pages, _filters, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          const key = typeof one?.columnKey === 'string' ? one.columnKey : undefined;
          list.set({
            sort: key && one?.order ? (one.order === 'descend' ? `-${key}` : key) : undefined,
          });
        }}
      />
      <div className="pager">
        {list.total !== null && <Total total={list.total} atLeast={list.atLeast} />}
        <Select
          aria-label={t('list.pageSize')}
          value={list.limit}
          onChange={list.setLimit}
          options={LIMITS.map((count) => ({ value: count, label: t('list.perPage', { count }) }))}
        />
        <Button
          icon={<LeftOutlined />}
          aria-label={t('list.previous')}
          disabled={list.page === 1}
          onClick={list.backward}
        />
        <span>{t('list.page', { page: list.page })}</span>
        <Button
          icon={<RightOutlined />}
          aria-label={t('list.next')}
          disabled={!list.hasNext}
          onClick={list.forward}
        />
      </div>
    </>
  );
}

function Total({ total, atLeast }: { total: number; atLeast: boolean }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  return <span>{t(atLeast ? 'list.totalAtLeast' : 'list.total', { total: number(total) })}</span>;
}

function Nothing<T>({ list }: { list: List<T> }) {
  const { t } = useTranslation();
  if (list.query.isPending) {
    return <span>{t('state.loading')}</span>;
  }
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={list.filtered ? t('list.emptyFiltered') : t('list.empty')}
    >
      {list.filtered && <Button onClick={list.clear}>{t('list.clear')}</Button>}
    </Empty>
  );
}

function sortState<T>(column: TableColumnsType<T>[number], sort: string | undefined) {
  if (column.sorter !== true) {
    return {};
  }
  if (sort === column.key) {
    return { sortOrder: 'ascend' as const };
  }
  return { sortOrder: sort === `-${String(column.key)}` ? ('descend' as const) : null };
}
