import { Button, Dropdown } from 'antd';
import { DownOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Host, HostCommandKind } from '@/shared/api/hosts';

import { HostDialog } from './HostDialog';

const FIRST: HostCommandKind[] = [
  'START',
  'STOP',
  'RESTART',
  'RESTORE',
  'PROPOSE_DESTRUCTION',
  'DESTROY',
];

/** What this person may ask of the host now; the usual ones as buttons, the rest in a menu. */
export function HostCommandBar({ host }: { host: Host }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<HostCommandKind | null>(null);
  const more = host.commands.filter((kind) => !FIRST.includes(kind));
  return (
    <>
      {FIRST.filter((kind) => host.commands.includes(kind)).map((kind) => (
        <Button
          key={kind}
          type={kind === 'START' || kind === 'RESTORE' ? 'primary' : 'default'}
          danger={kind === 'DESTROY'}
          onClick={() => setAsking(kind)}
        >
          {t(`host.command.${kind}.open`)}
        </Button>
      ))}
      {more.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((kind) => ({
              key: kind,
              label: t(`host.command.${kind}.open`),
              danger: kind === 'RECYCLE',
            })),
            onClick: ({ key }) => setAsking(key as HostCommandKind),
          }}
        >
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t('host.more')}
          </Button>
        </Dropdown>
      )}
      {asking && <HostDialog host={host} kind={asking} onClose={() => setAsking(null)} />}
    </>
  );
}
