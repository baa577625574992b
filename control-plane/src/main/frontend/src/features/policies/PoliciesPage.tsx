import { Card, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/shared/api/queries';
import { PageHead } from '@/shared/ui/PageHead';
import { RANKING, VERDICTS, WORK_RULES } from './numbers';
import { PolicyVersions } from './PolicyVersions';
import { TrialDialog } from './TrialDialog';
import { VerdictTrialDialog } from './VerdictTrialDialog';

/** What units are ranked by, what hosts are judged by, and what people work by. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const ofRanking = (
    <PolicyVersions
      kind={RANKING}
      name={t('policy.ranking')}
      trial={(id, onClose) => <TrialDialog id={id} onClose={onClose} />}
    />
  );
  return (
    <>
      <PageHead title={t('policy.title')} />
      <Card>
        <Tabs
          items={[
            { key: 'ranking', label: t('policy.ranking'), children: ofRanking },
            ...(may('HOST_READ')
              ? [
                  {
                    key: 'verdicts',
                    label: t('policy.verdicts'),
                    children: (
                      <PolicyVersions
                        kind={VERDICTS}
                        name={t('policy.verdicts')}
                        trial={(id, onClose) => <VerdictTrialDialog id={id} onClose={onClose} />}
                      />
                    ),
                  },
                ]
              : []),
            ...(may('APPLICATION_READ')
              ? [
                  {
                    key: 'rules',
                    label: t('policy.rules'),
                    children: (
                      <>
                        <p className="faint">{t('policy.rulesHint')}</p>
                        <PolicyVersions kind={WORK_RULES} name={t('policy.rules')} />
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
    </>
  );
}
