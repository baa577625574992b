import { Alert, Layout, Menu, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { isProblem } from '@/shared/api/problem';
import { useEnvironment, useMay, useMe } from '@/shared/api/queries';
import { takeReturn } from '@/shared/api/session';
import { ErrorView } from '@/shared/ui/ErrorView';
import { AccountMenu } from './AccountMenu';
import { Banners } from './Banners';
import { LanguageSwitch } from './LanguageSwitch';
import { destinationOf, destinations, GROUPS, type Destination, isOpen } from './navigation';
import { NoticeBell } from './NoticeBell';

/** Header, navigation and banners around every page. */
export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const signedIn = me.isSuccess;
  // Without a session the browser is already on its way to the sign-in page.
  const leaving = isProblem(me.error) && me.error.status === 401;

  useEffect(() => {
    const wanted = signedIn ? takeReturn() : null;
    if (wanted) {
      void navigate(wanted, { replace: true });
    }
  }, [signedIn, navigate]);

  return (
    <Layout className="shell">
      <a className="skip-link" href="#content">
        {t('shell.skip')}
      </a>
      <Layout.Header className="shell-header">
        <Link to="/" className="shell-brand" aria-label={t('shell.product')}>
          <img src="/yuntai.svg" alt="" />
          <strong>{t('shell.product')}</strong>
          <small>{t('shell.tagline')}</small>
        </Link>
        <div className="shell-space" />
        <LanguageSwitch />
        {me.data && <NoticeBell />}
        {me.data && <AccountMenu me={me.data} />}
      </Layout.Header>
      <Banners />
      {me.data ? (
        <Frame />
      ) : (
        <div className="center">
          {me.isError && !leaving ? (
            <ErrorView error={me.error} retry={() => void me.refetch()} />
          ) : (
            <Spin size="large" description={t('state.loading')} />
          )}
        </div>
      )}
    </Layout>
  );
}

function Frame() {
  const { t } = useTranslation();
  const may = useMay();
  const { pathname } = useLocation();
  const environment = useEnvironment();
  const [collapsed, setCollapsed] = useState(false);
  const open = destinations.filter((one) => isOpen(one, may));
  const here = destinationOf(pathname);
  const entry = ({ path, text, icon }: Destination) => ({
    key: path,
    icon,
    label: <Link to={path}>{t(text)}</Link>,
  });
  const groups = GROUPS.map((group) => ({
    key: group,
    type: 'group' as const,
    label: t(`nav.group.${group}`),
    children: open.filter((one) => one.group === group).map(entry),
  })).filter(({ children }) => children.length > 0);
  const forbidden = destinations.some((one) => one.path === here && !isOpen(one, may));

  return (
    <Layout>
      <Layout.Sider
        className="shell-sider"
        theme="light"
        width={208}
        collapsedWidth={64}
        breakpoint="lg"
        collapsible
        collapsed={collapsed}
        onCollapse={setCollapsed}
      >
        <nav aria-label={t('shell.mainNavigation')}>
          <Menu mode="inline" selectedKeys={[here]} items={collapsed ? open.map(entry) : groups} />
        </nav>
      </Layout.Sider>
      <Layout.Content id="content" role="main" className="shell-main">
        {forbidden ? (
          <Alert
            type="warning"
            showIcon
            title={t('state.forbiddenTitle')}
            description={t('state.forbiddenText')}
          />
        ) : (
          <Outlet />
        )}
        {environment.data && (
          <footer className="faint" style={{ marginTop: 24, fontSize: 12 }}>
            {t('shell.version', { version: environment.data.version })}
          </footer>
        )}
        <ScrollRestoration />
      </Layout.Content>
    </Layout>
  );
}
