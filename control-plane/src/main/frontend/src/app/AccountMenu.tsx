import { DownOutlined, LogoutOutlined, SwapOutlined, UserOutlined } from '@ant-design/icons';
import { Avatar, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { signOut } from '@/shared/api/session';
import { useKnown } from '@/shared/i18n/useKnown';
import type { Me } from '@/shared/api/types';

/** Who is signed in, in which role and for which unit; and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const known = useKnown();
  const navigate = useNavigate();
  const roles = me.roles.map((role) => known(`role.${role}`, role)).join(t('common.list'));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'login', label: me.login, icon: <UserOutlined />, disabled: true },
          ...(me.permissions.includes('APPLICATION_DECIDE')
            ? [
                {
                  key: 'delegations',
                  label: t('delegation.title'),
                  icon: <SwapOutlined />,
                  onClick: () => void navigate('/delegations'),
                },
              ]
            : []),
          { type: 'divider' },
          {
            key: 'signOut',
            label: t('shell.signOut'),
            icon: <LogoutOutlined />,
            onClick: () => void signOut(),
          },
        ],
      }}
    >
      <Button
        type="text"
        aria-label={`${t('shell.account')} ${me.name}`}
        style={{ height: 44, paddingInline: 8 }}
      >
        <Avatar size={30} style={{ background: '#1d4f91', flex: 'none' }}>
          {me.name.slice(0, 1)}
        </Avatar>
        <span className="shell-account">
          <span>{me.name}</span>
          <small className="ellipsis" style={{ maxWidth: '100%' }}>
            {t('common.personOf', { name: roles, unit: me.unit?.name ?? t('shell.wholeCity') })}
          </small>
        </span>
        <DownOutlined style={{ fontSize: 10 }} />
      </Button>
    </Dropdown>
  );
}
