import { CheckCircleOutlined, CloudUploadOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { FaultsTable } from '@/features/register/imports/FaultsTable';
import { useFileRun } from '@/features/register/imports/useFileRun';
import { isProblem } from '@/shared/api/problem';
import type { UsageImport } from '@/shared/api/usage';
import { useTell } from '@/shared/ui/useTell';

/** One file, what would come of it, and only then the import itself. */
export function UsageImportCard() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const { run, chosen, choose, start, checked, forget } = useFileRun<UsageImport>({
    path: (id) => `/usage-imports/${id}`,
    endings: ['csv'],
    wrongType: t('usageImport.wrongType'),
    onDone: async () => {
      tell.done(t('usageImport.done'));
      forget();
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <Card>
        <Upload.Dragger
          accept=".csv"
          maxCount={1}
          showUploadList={false}
          beforeUpload={choose}
          aria-label={t('usageImport.drop')}
        >
          <InboxOutlined style={{ fontSize: 32, color: '#2f6db5' }} />
          <div>{chosen ? chosen.file.name : t('usageImport.drop')}</div>
          <div className="faint">{t('usageImport.dropHint')}</div>
        </Upload.Dragger>
        <div style={{ display: 'flex', gap: 8, marginTop: 16 }}>
          <Button
            icon={<CheckCircleOutlined />}
            disabled={!chosen}
            loading={run.isPending && run.variables.validateOnly}
            onClick={() => start(true)}
          >
            {t('usageImport.check')}
          </Button>
          <Button
            type="primary"
            icon={<CloudUploadOutlined />}
            disabled={!checked}
            loading={run.isPending && !run.variables.validateOnly}
            onClick={() => start(false)}
          >
            {t('usageImport.run')}
          </Button>
        </div>
        {checked && run.data && (
          <Alert
            type={run.data.aside > 0 || run.data.quarantined > 0 ? 'warning' : 'success'}
            showIcon
            style={{ marginTop: 16 }}
            title={t('usageImport.clean', { ...run.data })}
          />
        )}
      </Card>
      {isProblem(run.error, 'IMPORT_FAULTY') && (
        <FaultsTable
          faults={run.error.document.faults ?? []}
          total={run.error.document.faultCount ?? run.error.document.faults?.length ?? 0}
        />
      )}
    </>
  );
}
