import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { onSignedOut } from '@/shared/api/http';
import { createQueries } from '@/shared/api/queries';
import { goToSignIn } from '@/shared/api/session';
import { createConsole } from './routes';
import { theme } from './theme';

const LOCALES = { zh: zhCN, en: enUS };

/** The whole console: its theme, its language, what it has read, and its pages. */
export function App() {
  const { i18n } = useTranslation();
  const [queries] = useState(createQueries);
  const [router] = useState(createConsole);

  useEffect(() => onSignedOut(goToSignIn), []);
  useEffect(() => {
    // Texts of problems and names of codes come from the server in the language asked for.
    const again = () => void queries.invalidateQueries();
    i18n.on('languageChanged', again);
    return () => i18n.off('languageChanged', again);
  }, [i18n, queries]);

  return (
    <ConfigProvider
      theme={theme}
      locale={i18n.language === 'en' ? LOCALES.en : LOCALES.zh}
      // A space between two characters would be in the name that screen readers say, too.
      button={{ autoInsertSpace: false }}
    >
      <AntApp notification={{ placement: 'topRight' }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
