import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Input, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { save } from '@/shared/api/http';
import type { ImportFault } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { csv } from '@/shared/list/csv';
import { isTable } from './tables';

/** Everything wrong with the file, by table, row and column; to be filtered, and taken away. */
export function FaultsTable({ faults, total }: { faults: ImportFault[]; total: number }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const [text, setText] = useState('');
  const [table, setTable] = useState<string | null>(null);
  const tableText = (name: string) => (isTable(name) ? t(`import.tables.${name}`) : name);
  const shown = faults
    .map((fault, index) => ({ ...fault, key: index }))
    .filter((fault) => table === null || fault.table === table)
    .filter(({ detail, column, value }) =>
      `${detail} ${column ?? ''} ${value ?? ''}`.toLowerCase().includes(text.trim().toLowerCase()),
    );

  const write = () =>
    save(
      csv([
        [
          t('import.table'),
          t('import.row'),
          t('import.column'),
          t('import.fault'),
          t('import.value'),
        ],
        ...shown.map((fault) => [
          tableText(fault.table),
          fault.row,
          fault.column,
          fault.detail,
          fault.value,
        ]),
      ]),
      t('import.faultsName'),
    );

  return (
    <Card>
      <Alert
        type="error"
        showIcon
        style={{ marginBottom: 12 }}
        title={t('import.faulty', { total: number(total) })}
        description={
          total > faults.length && t('import.faultyCapped', { shown: number(faults.length) })
        }
      />
      <div className="filters">
        <Select
          allowClear
          aria-label={t('import.table')}
          placeholder={t('import.allTables')}
          style={{ width: 160 }}
          value={table}
          onChange={(name: string | null) => setTable(name ?? null)}
          options={[...new Set(faults.map((fault) => fault.table))].map((name) => ({
            value: name,
            label: tableText(name),
          }))}
        />
        <Input
          allowClear
          aria-label={t('import.filterHint')}
          placeholder={t('import.filterHint')}
          style={{ width: 240 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button className="filters-end" icon={<DownloadOutlined />} onClick={write}>
          {t('import.exportFaults')}
        </Button>
      </div>
      <Table
        aria-label={t('import.fault')}
        size="small"
        rowKey="key"
        dataSource={shown}
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 800 }}
        columns={[
          {
            key: 'table',
            title: t('import.table'),
            width: 120,
            render: (_, fault) => tableText(fault.table),
          },
          {
            key: 'row',
            title: t('import.row'),
            width: 80,
            align: 'right',
            render: (_, fault) => fault.row ?? t('common.none'),
          },
          {
            key: 'column',
            title: t('import.column'),
            width: 180,
            render: (_, fault) => fault.column ?? t('common.none'),
          },
          { key: 'detail', title: t('import.fault'), render: (_, fault) => fault.detail },
          {
            key: 'value',
            title: t('import.value'),
            width: 240,
            render: (_, fault) => <span className="code">{fault.value ?? t('common.none')}</span>,
          },
        ]}
      />
    </Card>
  );
}
