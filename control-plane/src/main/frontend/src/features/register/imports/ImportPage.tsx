import { CheckCircleOutlined, CloudUploadOutlined, InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/shared/api/problem';
import type { RegisterImport } from '@/shared/api/types';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { CountsView } from './CountsView';
import { FaultsTable } from './FaultsTable';
import { ImportHistory } from './ImportHistory';
import { TemplateCard } from './TemplateCard';
import { useFileRun } from './useFileRun';

/** Template, file, check, import: nothing is imported while anything is wrong. */
export function ImportPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const {
    run,
    chosen,
    choose,
    start,
    checked,
    done: imported,
  } = useFileRun<RegisterImport>({
    path: (id) => `/imports/${id}`,
    endings: ['xlsx', 'zip'],
    wrongType: t('import.wrongType'),
    onDone: async () => {
      tell.done(t('import.done'));
      await queries.invalidateQueries();
    },
  });
  return (
    <>
      <PageHead title={t('import.title')} />
      <div className="stack">
        <Alert type="info" showIcon title={t('import.intro')} />
        <div className="grid-2">
          <TemplateCard />
          <Card title={t('import.choose')}>
            <Upload.Dragger
              accept=".xlsx,.zip"
              maxCount={1}
              showUploadList={false}
              beforeUpload={choose}
              aria-label={t('import.choose')}
            >
              <InboxOutlined style={{ fontSize: 32, color: '#2f6db5' }} />
              <div>{chosen ? chosen.file.name : t('import.drop')}</div>
              <div className="faint">{t('import.dropHint')}</div>
            </Upload.Dragger>
            <div style={{ display: 'flex', gap: 8, marginTop: 16 }}>
              <Button
                icon={<CheckCircleOutlined />}
                disabled={!chosen || imported}
                loading={run.isPending && run.variables.validateOnly}
                onClick={() => start(true)}
              >
                {t('import.check')}
              </Button>
              <Button
                type="primary"
                icon={<CloudUploadOutlined />}
                disabled={!checked}
                loading={run.isPending && !run.variables.validateOnly}
                onClick={() => start(false)}
              >
                {t('import.run')}
              </Button>
            </div>
          </Card>
        </div>
        {run.isSuccess && (
          <Card>
            <Alert
              type="success"
              showIcon
              style={{ marginBottom: 16 }}
              title={imported ? t('import.done') : t('import.clean')}
            />
            <CountsView counts={run.data.counts} />
          </Card>
        )}
        {isProblem(run.error, 'IMPORT_FAULTY') && (
          <FaultsTable
            faults={run.error.document.faults ?? []}
            total={run.error.document.faultCount ?? run.error.document.faults?.length ?? 0}
          />
        )}
        <ImportHistory />
      </div>
    </>
  );
}
