import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Adoption } from '@/shared/api/adoptions';
import { FileDrop } from '@/features/register/imports/FileDrop';
import { FileFaults } from '@/features/register/imports/FileFaults';
import { useFileRun } from '@/features/register/imports/useFileRun';
import { useTell } from '@/shared/ui/useTell';
import { AdoptionDetails } from './AdoptionDetails';

/** The filled-in file, what it would charge and owe, and only then the adoption itself. */
export function AdoptDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const file = useFileRun<Adoption>({
    path: (id) => `/adoptions/${id}`,
    endings: ['xlsx', 'csv'],
    wrongType: t('adoption.wrongType'),
    onDone: async () => {
      tell.done(t('adoption.done'));
      await queries.invalidateQueries();
    },
  });
  const { run, chosen, start, checked, done: adopted } = file;
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
          loading={file.checking}
          onClick={() => start(true)}
        >
          {t('adoption.check')}
        </Button>,
        <Button
          key="adopt"
          type="primary"
          disabled={!checked}
          loading={file.carryingOut}
          onClick={() => start(false)}
        >
          {t('adoption.adopt')}
        </Button>,
      ]}
    >
      <div className="stack">
        <Alert type="info" showIcon title={t('adoption.intro')} />
        <FileDrop file={file} label={t('adoption.choose')} hint={t('adoption.chooseHint')} />
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
        <FileFaults error={run.error} />
      </div>
    </Modal>
  );
}
