import { CheckCircleOutlined, CloudUploadOutlined, InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import type { RegisterImport } from '@/shared/api/types';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { CountsView } from './CountsView';
import { FaultsTable } from './FaultsTable';
import { ImportHistory } from './ImportHistory';
import { TemplateCard } from './TemplateCard';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ZIP = 'application/zip';

interface Chosen {
  /** Made here, so that sending the file twice imports it once. */
  id: string;
  file: File;
  type: string;
}

function typeOf(name: string): string | null {
  const lower = name.toLowerCase();
  return lower.endsWith('.xlsx') ? XLSX : lower.endsWith('.zip') ? ZIP : null;
}

/** Template, file, check, import: nothing is imported while anything is wrong. */
export function ImportPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);

  const run = useMutation({
    mutationFn: ({ id, file, type, validateOnly }: Chosen & { validateOnly: boolean }) =>
      api<RegisterImport>(`/imports/${id}`, {
        method: 'PUT',
        query: { fileName: file.name, validateOnly },
        // The browser's own idea of a file's type depends on what is installed there.
        file: new Blob([file], { type }),
      }),
    onSuccess: async (_, { validateOnly }) => {
      if (!validateOnly) {
        tell.done(t('import.done'));
        await queries.invalidateQueries();
      }
    },
    onError: (error) => {
      if (!isProblem(error, 'IMPORT_FAULTY')) {
        tell.failed(error);
      }
    },
  });

  const choose = (file: File) => {
    const type = typeOf(file.name);
    if (type === null) {
      tell.warn(t('import.wrongType'));
    } else {
      setChosen({ id: uuid(), file, type });
      run.reset();
    }
    return false;
  };

  const checked = run.isSuccess && run.variables.validateOnly;
  const imported = run.isSuccess && !run.variables.validateOnly;
  const start = (validateOnly: boolean) => {
    if (chosen) {
      run.mutate({ ...chosen, validateOnly });
    }
  };
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
