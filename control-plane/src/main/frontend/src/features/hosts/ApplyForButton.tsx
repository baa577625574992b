import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { addressOf, nameOf, type ServerDraft } from '@/features/applications/apply/draft';
import { draftsQuery } from '@/features/applications/apply/draftsQuery';
import { makeId } from '@/features/applications/apply/useStart';
import type { HostItem } from '@/shared/api/applications';
import type { Host } from '@/shared/api/hosts';
import { useMay } from '@/shared/api/queries';
import { useTell } from '@/shared/ui/useTell';
import { isOrderable, MOST_ITEMS, orderFor, ORDERS, takes, type Target } from './hostOrders';
import { MoveFields } from './MoveFields';

/**
 * Opens the form of applications with an item for each of these hosts, alone or added to a draft of
 * the unit's: there they are checked, drafted, explained and handed in as one.
 */
export function ApplyForButton({ hosts, text }: { hosts: Host[]; text: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const tell = useTell();
  const navigate = useNavigate();
  const [moving, setMoving] = useState(false);
  const [first] = hosts;
  const isAllowed = may('APPLICATION_SUBMIT');
  const drafts =
    useQuery({ ...draftsQuery, enabled: isAllowed && Boolean(first) }).data?.items ?? [];
  if (!isAllowed) {
    return null;
  }
  const open = (kind: HostItem['kind'], to: Target = {}) =>
    void navigate(`/applications/new?draft=${makeId()}`, {
      state: orderFor(kind, hosts, to),
    });
  const choose = (kind: HostItem['kind'], into: string | undefined) => {
    const draft = drafts.find(({ id }) => id === into);
    if (draft) {
      void navigate(addressOf(draft), { state: { added: orderFor(kind, hosts) } });
    } else if (hosts.length > MOST_ITEMS) {
      tell.warn(t('host.tooManyChosen', { count: MOST_ITEMS }));
    } else if (new Set(hosts.map(({ system, pool }) => `${system.id} ${pool}`)).size > 1) {
      tell.warn(t('host.ofOneSystem'));
    } else if (kind === 'MOVE') {
      setMoving(true);
    } else {
      open(kind);
    }
  };
  const kinds = (draft?: ServerDraft) =>
    ORDERS.filter((kind) => !draft || takes(draft, kind, hosts)).map((kind) => ({
      key: `${kind} ${draft?.id ?? ''}`,
      label: t(`application.itemKind.${kind}`),
      disabled: !hosts.every((host) => isOrderable(host, kind)),
    }));
  const into = drafts.flatMap((draft) => {
    const children = kinds(draft);
    const name = nameOf(draft) ?? t('draft.noPurpose');
    return children.length === 0
      ? []
      : [
          {
            type: 'group' as const,
            key: draft.id,
            label: t('host.addToDraft', { name }),
            children,
          },
        ];
  });
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={!first}
        menu={{
          items:
            into.length === 0
              ? kinds()
              : [
                  { type: 'group', key: 'new', label: t('host.newApplication'), children: kinds() },
                  ...into,
                ],
          style: { maxHeight: '60vh', maxWidth: 360, overflowY: 'auto' },
          onClick: ({ key }) => {
            const [kind, into] = key.split(' ');
            choose(kind as HostItem['kind'], into);
          },
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
