import { useQueryClient } from '@tanstack/react-query';
import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RegisterImport } from '@/shared/api/types';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { CountsView } from './CountsView';
import { FileButtons } from './FileButtons';
import { FileDrop } from './FileDrop';
import { FileFaults } from './FileFaults';
import { ImportHistory } from './ImportHistory';
import { TemplateCard } from './TemplateCard';
import { useFileRun } from './useFileRun';

/** Template, file, check, import: nothing is imported while anything is wrong. */
export function ImportPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const file = useFileRun<RegisterImport>({
    path: (id) => `/imports/${id}`,
    endings: ['xlsx', 'zip'],
    wrongType: t('import.wrongType'),
    onDone: async () => {
      tell.done(t('import.done'));
      await queries.invalidateQueries();
    },
  });
  const { run, done: imported } = file;
  return (
    <>
      <PageHead title={t('import.title')} />
      <div className="stack">
        <Alert type="info" showIcon title={t('import.intro')} />
        <div className="grid-2">
          <TemplateCard />
          <Card title={t('import.choose')}>
            <FileDrop
              file={file}
              label={t('import.choose')}
              prompt={t('import.drop')}
              hint={t('import.dropHint')}
            />
            <FileButtons
              file={file}
              ready={file.chosen !== null && !imported}
              check={t('import.check')}
              run={t('import.run')}
            />
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
        <FileFaults error={run.error} />
        <ImportHistory />
      </div>
    </>
  );
}
