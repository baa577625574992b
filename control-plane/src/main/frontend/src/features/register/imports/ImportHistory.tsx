import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { Page, RegisterImport } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { TABLES } from './tables';

export function ImportHistory() {
  const { t } = useTranslation();
  const { time, number } = useFormat();
  const imports = useQuery({
    queryKey: ['/imports'],
    queryFn: ({ signal }) =>
      api<Page<RegisterImport>>('/imports', { query: { limit: 20 }, signal }),
  });
  return (
    <Card title={t('import.history')}>
      <Loaded query={imports}>
        {({ items }) => (
          <Table
            aria-label={t('import.history')}
            size="small"
            rowKey="id"
            dataSource={items}
            pagination={false}
            scroll={{ x: 900 }}
            locale={{
              emptyText: (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('list.empty')} />
              ),
            }}
            columns={[
              { key: 'fileName', title: t('import.fileName'), render: (_, one) => one.fileName },
              {
                key: 'importedBy',
                title: t('import.importedBy'),
                render: (_, one) => one.importedBy.name,
              },
              {
                key: 'importedAt',
                title: t('import.importedAt'),
                render: (_, one) => <span className="nowrap">{time(one.importedAt)}</span>,
              },
              ...TABLES.map((table) => ({
                key: table,
                title: t(`import.tables.${table}`),
                align: 'right' as const,
                render: (_: unknown, one: RegisterImport) => number(one.counts[table]),
              })),
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
