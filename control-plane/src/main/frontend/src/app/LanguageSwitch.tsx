import { GlobalOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { choose, language } from '@/shared/i18n';

/** Chinese or English; the choice is remembered. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const names = { zh: t('shell.languageZh'), en: t('shell.languageEn') };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [language()],
        items: [
          { key: 'zh', label: names.zh, onClick: () => void choose('zh') },
          { key: 'en', label: names.en, onClick: () => void choose('en') },
        ],
      }}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('shell.language')}>
        {names[language()]}
      </Button>
    </Dropdown>
  );
}
