import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import type { Application, Command } from '@/shared/api/applications';
import { useTell } from '@/shared/ui/useTell';
import { CommandDialog, type Said } from './CommandDialog';

/** Where each command is sent. */
const RESOURCE: Record<Exclude<Command, 'SUBMIT'>, string> = {
  APPROVE: 'approvals',
  REFER: 'referrals',
  OPINE: 'opinions',
  RETURN: 'returns',
  REJECT: 'rejections',
  TRANSFER: 'transfers',
  CO_SIGN: 'signature-requests',
  RELEASE: 'signature-releases',
  SIGN: 'signatures',
  WITHDRAW: 'withdrawals',
  RETRY: 'retries',
  CANCEL: 'cancellations',
  CONFIRM: 'confirmations',
};

/** In sight; the others are one click away. */
const SHOWN: Command[] = [
  'WITHDRAW',
  'REJECT',
  'RETURN',
  'CANCEL',
  'RETRY',
  'SIGN',
  'OPINE',
  'APPROVE',
  'CONFIRM',
  'SUBMIT',
];
const FURTHER: Command[] = ['TRANSFER', 'CO_SIGN', 'RELEASE', 'REFER'];

const PRIMARY: Command[] = ['APPROVE', 'OPINE', 'SIGN', 'RETRY', 'CONFIRM', 'SUBMIT'];

/** What this person may do with the application now, each after a question. */
export function CommandBar({ application }: { application: Application }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const may = isAllowed(application);
  const [asking, setAsking] = useState<Exclude<Command, 'SUBMIT'> | null>(null);
  // One for each question: where the answer was lost, saying it again says it once.
  const [key, setKey] = useState('');

  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['/applications'] }),
      queries.invalidateQueries({ queryKey: ['pools'] }),
    ]);

  const command = useMutation({
    mutationFn: ({ name, body }: { name: Exclude<Command, 'SUBMIT'>; body: Said }) =>
      api<Application>(`/applications/${application.id}/${RESOURCE[name]}`, {
        method: 'POST',
        json: body,
        version: application.version,
        key,
      }),
    onSuccess: async (changed, { name }) => {
      setAsking(null);
      queries.setQueryData(['/applications', application.id], changed);
      tell.done(t(`command.done.${name}`, { number: application.number }));
      await refresh();
    },
    onError: async (error) => {
      if (isProblem(error) && error.status === 412) {
        setAsking(null);
        tell.warn(t('detail.reloaded'));
      } else {
        // What was typed stays, for it may be what has to be changed.
        tell.failed(error);
      }
      await refresh();
    },
  });

  function ask(name: Command) {
    if (name === 'SUBMIT') {
      void navigate(`/applications/new?revise=${application.id}`);
    } else {
      setKey(uuid());
      setAsking(name);
    }
  }

  const further = FURTHER.filter(may);
  return (
    <>
      {further.length > 0 && (
        <Dropdown
          menu={{
            items: further.map((name) => ({ key: name, label: t(`command.${name}`) })),
            onClick: ({ key }) => ask(key as Command),
          }}
        >
          <Button>{t('common.more')}</Button>
        </Dropdown>
      )}
      {SHOWN.filter(may).map((name) => (
        <Button
          key={name}
          type={PRIMARY.includes(name) ? 'primary' : 'default'}
          danger={name === 'REJECT' || name === 'CANCEL'}
          onClick={() => ask(name)}
        >
          {t(`command.${name}`)}
        </Button>
      ))}
      {asking && (
        <CommandDialog
          key={asking}
          command={asking}
          application={application}
          busy={command.isPending}
          onCancel={() => setAsking(null)}
          onConfirm={(body) => command.mutate({ name: asking, body })}
        />
      )}
    </>
  );
}

/** What the server offers, for oneself or for who has delegated it; to be released there must be one. */
function isAllowed(application: Application): (name: Command) => boolean {
  const { asked, commands } = application;
  const isAnybodyToSign = asked?.signers.some((one) => !one.answered) ?? false;
  return (name) => commands.includes(name) && (name !== 'RELEASE' || isAnybodyToSign);
}
