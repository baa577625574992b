import { Card, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMay } from '@/shared/api/queries';
import { PageHead } from '@/shared/ui/PageHead';
import { ProtectionTab } from './ProtectionTab';
import { RulesTab } from './RulesTab';
import { SampleTab } from './SampleTab';

/** The rules for what needs no people, and what people say of it afterwards. */
export function InstantPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <PageHead title={t('instant.title')} note={t('instant.note')} />
      <Card>
        <Tabs
          activeKey={search.get('tab') ?? (may('INSTANT_RULE_PROPOSE') ? 'rules' : 'sample')}
          onChange={(tab) => setSearch({ tab }, { replace: true })}
          destroyOnHidden
          items={[
            ...(may('INSTANT_RULE_PROPOSE')
              ? [{ key: 'rules', label: t('instant.rules'), children: <RulesTab /> }]
              : []),
            ...(may('INSTANT_AUDIT')
              ? [{ key: 'sample', label: t('instant.sample'), children: <SampleTab /> }]
              : []),
            { key: 'protection', label: t('instant.protection'), children: <ProtectionTab /> },
          ]}
        />
      </Card>
    </>
  );
}
