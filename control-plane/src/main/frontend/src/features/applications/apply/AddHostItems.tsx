import { DesktopOutlined } from '@ant-design/icons';
import { Button, Dropdown, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemFor, MOST_ITEMS, ORDERS } from '@/features/hosts/hostOrders';
import { TermText } from '@/features/hosts/TermText';
import type { HostItem, Item } from '@/shared/api/applications';
import type { Host } from '@/shared/api/hosts';
import { useFormat } from '@/shared/format/useFormat';
import { ListTable } from '@/shared/list/ListTable';
import { SearchBox } from '@/shared/list/SearchBox';
import { useOwnList } from '@/shared/list/useList';
import { HostPhaseTag } from '@/shared/ui/tags';
import type { DraftValues } from './draft';

/** Adds items for hosts that are there, once it is said of which system and pool. */
export function AddHostItems({ onAdd }: { onAdd: (item: HostItem) => void }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<DraftValues>();
  const system = Form.useWatch('system', form);
  const pool = Form.useWatch('pool', form);
  const [kind, setKind] = useState<HostItem['kind'] | null>(null);
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={!system || !pool}
        menu={{
          items: ORDERS.map((one) => ({ key: one, label: t(`application.itemKind.${one}`) })),
          onClick: ({ key }) => setKind(key as HostItem['kind']),
        }}
      >
        <Button icon={<DesktopOutlined />}>{t('apply.addHostItems')}</Button>
      </Dropdown>
      {kind && system && pool && (
        <HostPicker
          kind={kind}
          system={system}
          pool={pool}
          cart={(form.getFieldValue('items') as Partial<Item>[] | undefined) ?? []}
          onClose={() => setKind(null)}
          onChosen={(hosts) => {
            hosts.forEach((host) => onAdd(itemFor(kind, host)));
            setKind(null);
          }}
        />
      )}
    </>
  );
}

/** The system's hosts that this can be asked of; one has one item in a cart at most. */
function HostPicker({
  kind,
  system,
  pool,
  cart,
  onClose,
  onChosen,
}: {
  kind: HostItem['kind'];
  system: string;
  pool: string;
  cart: Partial<Item>[];
  onClose: () => void;
  onChosen: (hosts: Host[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [chosen, setChosen] = useState<Host[]>([]);
  const list = useOwnList<Host>('/hosts', { fixed: { system, pool, change: kind } });
  const room = MOST_ITEMS - cart.length;
  const isInCart = ({ id }: Host) => cart.some((item) => 'host' in item && item.host === id);
  const isChosen = ({ id }: Host) => chosen.some((host) => host.id === id);
  return (
    <Modal
      open
      width={760}
      title={t('apply.pickTitle', { kind: t(`application.itemKind.${kind}`) })}
      okText={t('apply.addPicked', { count: chosen.length })}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: chosen.length === 0 || chosen.length > room }}
      onCancel={onClose}
      onOk={() => onChosen(chosen)}
    >
      <p className="faint">
        {t(kind === 'MOVE' ? 'apply.pickMoveText' : 'apply.pickText', {
          pool: format.pool(pool),
          count: room,
        })}
      </p>
      <div className="filters">
        <SearchBox
          hint={t('host.searchHint')}
          value={list.filters['q'] ?? ''}
          onSearch={(q) => list.set({ q })}
        />
      </div>
      <ListTable<Host>
        list={list}
        name={t('host.title')}
        rowKey={(host) => host.id}
        width={560}
        rowSelection={{
          preserveSelectedRowKeys: true,
          selectedRowKeys: chosen.map(({ id }) => id),
          onChange: (_, hosts) => setChosen(hosts),
          getCheckboxProps: (host) => ({
            disabled: isInCart(host) || (chosen.length >= room && !isChosen(host)),
          }),
        }}
        columns={[
          {
            key: 'name',
            title: t('host.name'),
            sorter: true,
            render: (_, host) => (
              <>
                <span className="code">{host.name}</span>
                {isInCart(host) && <div className="faint">{t('apply.inCart')}</div>}
                {kind === 'MOVE' && <div className="faint">{format.pool(host.pool)}</div>}
              </>
            ),
          },
          {
            key: 'vcpu',
            title: t('host.spec'),
            sorter: true,
            width: 150,
            render: (_, host) => (
              <span className="nowrap">
                {t('host.specText', {
                  vcpu: format.exact('cpuMillis', host.vcpu * 1000),
                  memory: format.exact('memoryBytes', host.memoryBytes),
                })}
              </span>
            ),
          },
          {
            key: 'life',
            title: t('host.lifeLabel'),
            width: 120,
            render: (_, host) => <HostPhaseTag phase={host.phase} />,
          },
          {
            key: 'endsAt',
            title: t('host.endsAt'),
            sorter: true,
            width: 140,
            render: (_, host) => <TermText term={host.term} />,
          },
        ]}
      />
    </Modal>
  );
}
