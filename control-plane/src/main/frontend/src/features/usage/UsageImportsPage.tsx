import { DownloadOutlined } from '@ant-design/icons';
import { Button, Card, Tag, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '@/shared/api/http';
import type { UsageImport } from '@/shared/api/usage';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { useList } from '@/shared/list/useList';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { UsageImportCard } from './UsageImportCard';

/** What hosts used that no Prometheus sees: template, file, check, import. */
export function UsageImportsPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const list = useList<UsageImport>('/usage-imports');
  const columns = useColumns();
  return (
    <>
      <PageHead title={t('usageImport.title')} note={t('usageImport.note')}>
        <Button
          icon={<DownloadOutlined />}
          onClick={() => {
            download('/usage-imports/template', {}, 'usage.csv').catch(tell.failed);
          }}
        >
          {t('usageImport.template')}
        </Button>
      </PageHead>
      <div className="stack">
        <UsageImportCard />
        <Card title={t('usageImport.history')}>
          <ListTable
            list={list}
            columns={columns}
            rowKey={({ id }) => id}
            name={t('usageImport.history')}
          />
        </Card>
      </div>
    </>
  );
}

function useColumns(): TableColumnsType<UsageImport> {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'fileName',
      title: t('import.fileName'),
      render: (_, { fileName, digest }) => (
        <>
          {fileName}
          <div className="faint code" title={digest}>
            {digest.slice(0, 16)}…
          </div>
        </>
      ),
    },
    {
      key: 'period',
      title: t('usageImport.period'),
      width: 220,
      render: (_, { from, to }) => (
        <>
          <div className="nowrap">{format.time(from)}</div>
          <div className="nowrap">{format.time(to)}</div>
        </>
      ),
    },
    {
      key: 'hosts',
      title: t('usageImport.hosts'),
      align: 'right',
      width: 100,
      render: (_, { hosts }) => hosts,
    },
    {
      key: 'hours',
      title: t('usageImport.hours'),
      align: 'right',
      width: 140,
      render: (_, { hours, aside }) => (
        <>
          {hours}
          {aside > 0 && (
            <div>
              <Tag color="orange">{t('usageImport.aside', { count: aside })}</Tag>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'samples',
      title: t('usageImport.samples'),
      align: 'right',
      width: 140,
      render: (_, { samples, quarantined }) => (
        <>
          {samples}
          {quarantined > 0 && (
            <div className="faint">{t('usageImport.quarantined', { count: quarantined })}</div>
          )}
        </>
      ),
    },
    {
      key: 'by',
      title: t('import.importedBy'),
      width: 180,
      render: (_, { importedBy, importedAt }) => (
        <>
          {importedBy.name}
          <div className="faint nowrap">{format.time(importedAt)}</div>
        </>
      ),
    },
  ];
}
