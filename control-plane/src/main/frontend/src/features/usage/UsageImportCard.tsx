import { useQueryClient } from '@tanstack/react-query';
import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { FileButtons } from '@/features/register/imports/FileButtons';
import { FileDrop } from '@/features/register/imports/FileDrop';
import { FileFaults } from '@/features/register/imports/FileFaults';
import { useFileRun } from '@/features/register/imports/useFileRun';
import type { UsageImport } from '@/shared/api/usage';
import { useTell } from '@/shared/ui/useTell';

/** One file, what would come of it, and only then the import itself. */
export function UsageImportCard() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const file = useFileRun<UsageImport>({
    path: (id) => `/usage-imports/${id}`,
    endings: ['csv'],
    wrongType: t('usageImport.wrongType'),
    onDone: async () => {
      tell.done(t('usageImport.done'));
      file.forget();
      await queries.invalidateQueries();
    },
  });
  const { run, checked } = file;
  return (
    <>
      <Card>
        <FileDrop file={file} label={t('usageImport.drop')} hint={t('usageImport.dropHint')} />
        <FileButtons
          file={file}
          ready={file.chosen !== null}
          check={t('usageImport.check')}
          run={t('usageImport.run')}
        />
        {checked && run.data && (
          <Alert
            type={run.data.aside > 0 || run.data.quarantined > 0 ? 'warning' : 'success'}
            showIcon
            style={{ marginTop: 16 }}
            title={t('usageImport.clean', { ...run.data })}
          />
        )}
      </Card>
      <FileFaults error={run.error} />
    </>
  );
}
