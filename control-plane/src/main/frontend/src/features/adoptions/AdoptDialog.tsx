import { InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Adoption } from '@/shared/api/adoptions';
import { isProblem } from '@/shared/api/problem';
import { FaultsTable } from '@/features/register/imports/FaultsTable';
import { useFileRun } from '@/features/register/imports/useFileRun';
import { useTell } from '@/shared/ui/useTell';
import { AdoptionDetails } from './AdoptionDetails';

/** The filled-in file, what it would charge and owe, and only then the adoption itself. */
export function AdoptDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const {
    run,
    chosen,
    choose,
    start,
    checked,
    done: adopted,
  } = useFileRun<Adoption>({
    path: (id) => `/adoptions/${id}`,
    endings: ['xlsx', 'csv'],
    wrongType: t('adoption.wrongType'),
    onDone: async () => {
      tell.done(t('adoption.done'));
      await queries.invalidateQueries();
    },
  });
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
