import { InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { Adoption } from '@/shared/api/adoptions';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import { FaultsTable } from '@/features/register/imports/FaultsTable';
import { useTell } from '@/shared/ui/useTell';
import { AdoptionDetails } from './AdoptionDetails';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv';

interface Chosen {
  /** Made here, so that sending the file twice adopts once. */
  id: string;
  file: File;
  type: string;
}

function typeOf(name: string): string | null {
  const lower = name.toLowerCase();
  return lower.endsWith('.xlsx') ? XLSX : lower.endsWith('.csv') ? CSV : null;
}

/** The filled-in file, what it would charge and owe, and only then the adoption itself. */
export function AdoptDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const run = useMutation({
    mutationFn: ({ id, file, type, validateOnly }: Chosen & { validateOnly: boolean }) =>
      api<Adoption>(`/adoptions/${id}`, {
        method: 'PUT',
        query: { fileName: file.name, validateOnly },
        file: new Blob([file], { type }),
      }),
    onSuccess: async (_, { validateOnly }) => {
      if (!validateOnly) {
        tell.done(t('adoption.done'));
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
      tell.warn(t('adoption.wrongType'));
    } else {
      setChosen({ id: uuid(), file, type });
      run.reset();
    }
    return false;
  };
  const start = (validateOnly: boolean) => {
    if (chosen) {
      run.mutate({ ...chosen, validateOnly });
    }
  };
  const checked = run.isSuccess && run.variables.validateOnly;
  const adopted = run.isSuccess && !run.variables.validateOnly;
  return (
    <Modal
      open
      width={960}
      title={t('adoption.title')}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {adopted ? t('common.close') : t('common.cancel')}
        </Button>,
        <Button
          key="check"
          disabled={!chosen || adopted}
          loading={run.isPending && run.variables.validateOnly}
          onClick={() => start(true)}
        >
          {t('adoption.check')}
        </Button>,
        <Button
          key="adopt"
          type="primary"
          disabled={!checked}
          loading={run.isPending && !run.variables.validateOnly}
          onClick={() => start(false)}
        >
          {t('adoption.adopt')}
        </Button>,
      ]}
    >
      <div className="stack">
        <Alert type="info" showIcon title={t('adoption.intro')} />
        <Upload.Dragger
          accept=".xlsx,.csv"
          maxCount={1}
          showUploadList={false}
          beforeUpload={choose}
          aria-label={t('adoption.choose')}
        >
          <InboxOutlined style={{ fontSize: 32, color: '#2f6db5' }} />
          <div>{chosen ? chosen.file.name : t('adoption.choose')}</div>
          <div className="faint">{t('adoption.chooseHint')}</div>
        </Upload.Dragger>
        {run.isSuccess && (
          <>
            <Alert
              type={run.data.debts.length > 0 ? 'warning' : 'success'}
              showIcon
              title={t(
                adopted
                  ? 'adoption.adopted'
                  : run.data.debts.length > 0
                    ? 'adoption.cleanInDebt'
                    : 'adoption.clean',
              )}
            />
            <AdoptionDetails adoption={run.data} />
          </>
        )}
        {isProblem(run.error, 'IMPORT_FAULTY') && (
          <FaultsTable
            faults={run.error.document.faults ?? []}
            total={run.error.document.faultCount ?? run.error.document.faults?.length ?? 0}
          />
        )}
      </div>
    </Modal>
  );
}
