import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/useFormat';
import { useProblemText } from '@/shared/ui/useProblemText';
import type { ServerDraft } from './draft';
import type { Saving } from './useSavedDraft';

/** Whether what was typed is safe, and where. */
export function SavingLine({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const { time } = useFormat();
  const textOf = useProblemText();
  switch (saving.kind) {
    case 'IDLE':
      return <span className="faint">{t('draft.kept')}</span>;
    case 'SAVING':
      return <span className="faint">{t('draft.saving')}</span>;
    case 'SAVED':
      return <span className="faint">{t('draft.saved', { at: time(saving.at) })}</span>;
    case 'LOCAL':
      return <span style={{ color: '#ad4e00' }}>{t('draft.local')}</span>;
    case 'CONFLICT':
      return <span style={{ color: '#ad4e00' }}>{t('draft.notSaved')}</span>;
    case 'REFUSED':
      return (
        <span style={{ color: '#ad4e00' }}>
          {t('draft.refused', { reason: textOf(saving.problem).title })}
        </span>
      );
  }
}

/** Somebody else has saved meanwhile: told, with every way on that loses nobody's work unasked. */
export function ConflictAlert({
  theirs,
  onTheirs,
  onMine,
  onBoth,
}: {
  theirs: ServerDraft | null;
  onTheirs: () => void;
  onMine: () => void;
  /** Missing where there can be only one, as for a revision. */
  onBoth?: () => void;
}) {
  const { t } = useTranslation();
  const { time } = useFormat();
  return (
    <Alert
      type="warning"
      showIcon
      title={
        theirs
          ? t('draft.conflict', { name: theirs.savedBy.name, at: time(theirs.savedAt) })
          : t('draft.gone')
      }
      description={
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 8 }}>
          {onBoth && (
            <Button size="small" type="primary" onClick={onBoth}>
              {t('draft.keepBoth')}
            </Button>
          )}
          {theirs && (
            <Button size="small" onClick={onTheirs}>
              {t('draft.takeTheirs')}
            </Button>
          )}
          <Button size="small" onClick={onMine}>
            {t(theirs ? 'draft.takeMine' : 'draft.saveAgain')}
          </Button>
        </div>
      }
    />
  );
}
