import { Empty, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A column of a table that is shown whole. */
export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  figure?: boolean;
  width?: number;
  /** By what the rows are sorted when it is asked for; null: there is nothing to sort by. */
  sortBy?: (row: T) => number | null;
}

/** Whatever has nothing to sort by is lower than all that has. */
const compared = (one: number | null, other: number | null) =>
  (one ?? -Infinity) === (other ?? -Infinity) ? 0 : (one ?? -Infinity) - (other ?? -Infinity);

/** Rows that come all at once, a page of them at a time. */
export function ViewTable<T extends object>({
  name,
  rows,
  rowKey,
  columns,
  empty,
  expand,
}: {
  name: string;
  rows: T[];
  rowKey: (row: T) => string;
  columns: Column<T>[];
  empty?: string;
  /** What is shown under a row that is opened. */
  expand?: (row: T) => ReactNode;
}) {
  const { t } = useTranslation();
  const shown: TableColumnsType<T> = columns.map(
    ({ key, title, render, figure, width, sortBy }) => ({
      key,
      title,
      width: width ?? (figure ? 110 : 180),
      ...(figure ? { align: 'right' as const, className: 'nowrap' } : {}),
      ...(sortBy
        ? {
            sorter: (one: T, other: T) => compared(sortBy(one), sortBy(other)),
            sortDirections: ['descend' as const, 'ascend' as const],
          }
        : {}),
      render: (_, row) => render(row),
    }),
  );
  return (
    <Table<T>
      aria-label={name}
      size="small"
      rowKey={rowKey}
      dataSource={rows}
      columns={shown}
      scroll={{ x: 760 }}
      showSorterTooltip={false}
      {...(expand ? { expandable: { expandedRowRender: expand } } : {})}
      pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{
        emptyText: (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty ?? t('list.empty')} />
        ),
      }}
    />
  );
}
