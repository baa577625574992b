import { Button, Dropdown, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { makeId } from '@/features/applications/apply/useStart';
import type { HostItem } from '@/shared/api/applications';
import type { Host } from '@/shared/api/hosts';
import { useMay } from '@/shared/api/queries';
import { useTell } from '@/shared/ui/useTell';
import { isOrderable, MOST_ITEMS, orderFor, ORDERS, type Target } from './hostOrders';
import { MoveFields } from './MoveFields';

/**
 * Opens the form of applications with an item for each of these hosts: there they are checked,
 * drafted, explained and handed in as one.
 */
export function ApplyForButton({ hosts, text }: { hosts: Host[]; text: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const tell = useTell();
  const navigate = useNavigate();
  const [moving, setMoving] = useState(false);
  if (!may('APPLICATION_SUBMIT')) {
    return null;
  }
  const open = (kind: HostItem['kind'], to: Target = {}) =>
    void navigate(`/applications/new?draft=${makeId()}`, {
      state: orderFor(kind, hosts, to),
    });
  const choose = (kind: HostItem['kind']) => {
    if (hosts.length > MOST_ITEMS) {
      tell.warn(t('host.tooManyChosen', { count: MOST_ITEMS }));
    } else if (new Set(hosts.map(({ system, pool }) => `${system.id} ${pool}`)).size > 1) {
      tell.warn(t('host.ofOneSystem'));
    } else if (kind === 'MOVE') {
      setMoving(true);
    } else {
      open(kind);
    }
  };
  const [first] = hosts;
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={!first}
        menu={{
          items: ORDERS.map((kind) => ({
            key: kind,
            label: t(`application.itemKind.${kind}`),
            disabled: !hosts.every((host) => isOrderable(host, kind)),
          })),
          onClick: ({ key }) => choose(key as HostItem['kind']),
        }}
      >
        <Button>{text}</Button>
      </Dropdown>
      {moving && first && (
        <MoveDialog
          hosts={hosts}
          onClose={() => setMoving(false)}
          onChosen={(to) => open('MOVE', to)}
        />
      )}
    </>
  );
}

/** Where to, and with which image: the form is of one pool, and this decides of which. */
function MoveDialog({
  hosts,
  onClose,
  onChosen,
}: {
  hosts: Host[];
  onClose: () => void;
  onChosen: (to: Target) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Target>();
  const name = hosts.map((host) => host.name).join(t('common.list'));
  return (
    <Modal
      open
      title={t('host.applyTitle', { kind: t('application.itemKind.MOVE'), name })}
      okText={t('host.toForm')}
      cancelText={t('common.cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={onChosen}>
        <MoveFields hosts={hosts} />
      </Form>
    </Modal>
  );
}
