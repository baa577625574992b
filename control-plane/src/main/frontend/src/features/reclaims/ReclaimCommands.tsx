import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import type { Reclaim, ReclaimCommand } from '@/shared/api/reclaims';
import { useTell } from '@/shared/ui/useTell';

/** Where each command is sent. */
const RESOURCE: Record<ReclaimCommand, string> = {
  NOTICE: 'notices',
  CONSENT: 'consents',
  APPEAL: 'appeals',
  EXTEND: 'extensions',
  UPHOLD: 'upholdings',
  APPROVE: 'approvals',
  REJECT: 'rejections',
  EXECUTE: 'executions',
  RETRY: 'retries',
  GIVE_UP: 'abandonments',
  CANCEL: 'cancellations',
};

/** In this order, what leads on at the end. */
const SHOWN: ReclaimCommand[] = [
  'CANCEL',
  'REJECT',
  'GIVE_UP',
  'EXTEND',
  'APPEAL',
  'UPHOLD',
  'NOTICE',
  'CONSENT',
  'APPROVE',
  'RETRY',
  'EXECUTE',
];
const DANGEROUS: ReclaimCommand[] = ['CANCEL', 'REJECT', 'EXECUTE'];
const PRIMARY: ReclaimCommand[] = ['NOTICE', 'CONSENT', 'UPHOLD', 'APPROVE', 'RETRY', 'EXECUTE'];
const REASONED: ReclaimCommand[] = ['APPEAL', 'REJECT', 'CANCEL', 'GIVE_UP'];
const SILENT: ReclaimCommand[] = ['EXECUTE', 'RETRY'];

interface Said {
  note?: string;
  until?: string;
}

/** What this person may say of the order now, each after a question. */
export function ReclaimCommands({
  reclaim,
  chosen,
  onDone,
}: {
  reclaim: Reclaim;
  /** Positions of hosts; none: all of them. */
  chosen: number[];
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<ReclaimCommand | null>(null);
  const command = useMutation({
    mutationFn: ({ name, said }: { name: ReclaimCommand; said: Said }) =>
      api<Reclaim>(`/reclaims/${reclaim.id}/${RESOURCE[name]}`, {
        method: 'POST',
        version: reclaim.version,
        json: bodyOf(name, said, chosen),
      }),
    onSuccess: async (changed, { name }) => {
      setAsking(null);
      onDone();
      queries.setQueryData(['/reclaims', reclaim.id], changed);
      tell.done(t('reclaim.did', { command: t(`reclaim.command.${name}`) }));
      await queries.invalidateQueries();
    },
    onError: async (error) => {
      if (isProblem(error) && error.status === 412) {
        setAsking(null);
        tell.warn(t('detail.reloaded'));
      } else {
        // What was typed stays, for it may be what has to be changed.
        tell.failed(error);
      }
      await queries.invalidateQueries({ queryKey: ['/reclaims'] });
    },
  });
  return (
    <>
      {SHOWN.filter((name) => reclaim.commands.includes(name)).map((name) => (
        <Button
          key={name}
          type={PRIMARY.includes(name) ? 'primary' : 'default'}
          danger={DANGEROUS.includes(name)}
          onClick={() => setAsking(name)}
        >
          {t(`reclaim.command.${name}`)}
        </Button>
      ))}
      {asking && (
        <Question
          key={asking}
          command={asking}
          reclaim={reclaim}
          chosen={chosen.length}
          busy={command.isPending}
          onCancel={() => setAsking(null)}
          onConfirm={(said) => command.mutate({ name: asking, said })}
        />
      )}
    </>
  );
}

function bodyOf(name: ReclaimCommand, { note, until }: Said, chosen: number[]) {
  const said = note?.trim() ? { note: note.trim() } : {};
  switch (name) {
    case 'CONSENT':
    case 'APPEAL':
      return { ...said, items: chosen };
    case 'EXTEND':
      return { ...said, until, spared: chosen };
    case 'UPHOLD':
      return { ...said, spared: chosen };
    case 'NOTICE':
    case 'APPROVE':
    case 'REJECT':
    case 'EXECUTE':
    case 'RETRY':
    case 'GIVE_UP':
    case 'CANCEL':
      return said;
  }
}

function Question({
  command,
  reclaim,
  chosen,
  busy,
  onCancel,
  onConfirm,
}: {
  command: ReclaimCommand;
  reclaim: Reclaim;
  chosen: number;
  busy: boolean;
  onCancel: () => void;
  onConfirm: (said: Said) => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Said>();
  const answers = command === 'CONSENT' || command === 'APPEAL';
  const decides = command === 'EXTEND' || command === 'UPHOLD';
  return (
    <Modal
      open
      title={`${t(`reclaim.command.${command}`)} ${reclaim.number}`}
      okText={t(`reclaim.command.${command}`)}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger: DANGEROUS.includes(command) }}
      confirmLoading={busy}
      onCancel={onCancel}
      onOk={() => form.submit()}
    >
      <p>{t(`reclaim.text.${command}`)}</p>
      {answers && (
        <p className="faint">
          {chosen > 0 ? t('reclaim.forSome', { hosts: chosen }) : t('reclaim.forAll')}
        </p>
      )}
      {decides && (
        <p className="faint">
          {chosen > 0 ? t('reclaim.spares', { hosts: chosen }) : t('reclaim.sparesNone')}
        </p>
      )}
      <Form<Said> form={form} layout="vertical" requiredMark={false} onFinish={onConfirm}>
        {command === 'EXTEND' && (
          <Form.Item
            name="until"
            label={t('reclaim.extendedUntil')}
            rules={[{ required: true, message: t('reclaim.untilRequired') }]}
          >
            <Input type="date" />
          </Form.Item>
        )}
        {!SILENT.includes(command) && (
          <Form.Item
            name="note"
            label={REASONED.includes(command) ? t('command.reason') : t('command.note')}
            rules={
              REASONED.includes(command)
                ? [{ required: true, whitespace: true, message: t('reclaim.noteRequired') }]
                : []
            }
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
