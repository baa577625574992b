import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import type { Application, Command } from '@/shared/api/types';
import { useTell } from '@/shared/ui/useTell';
import { CommandDialog } from './CommandDialog';

/** Where each command is sent. */
const RESOURCE: Record<Command, string> = {
  APPROVE: 'approvals',
  REJECT: 'rejections',
  WITHDRAW: 'withdrawals',
  CONFIRM: 'confirmations',
};

const ORDER: Command[] = ['WITHDRAW', 'REJECT', 'APPROVE', 'CONFIRM'];

/** What this person may do with the application now, each after a question. */
export function CommandBar({ application }: { application: Application }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Command | null>(null);

  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['/applications'] }),
      queries.invalidateQueries({ queryKey: ['pools'] }),
    ]);

  const command = useMutation({
    mutationFn: ({ name, body }: { name: Command; body: Record<string, string> }) =>
      api<Application>(`/applications/${application.id}/${RESOURCE[name]}`, {
        method: 'POST',
        json: body,
        version: application.version,
      }),
    onSuccess: async (changed, { name }) => {
      setAsking(null);
      queries.setQueryData(['/applications', application.id], changed);
      tell.done(t(`command.done.${name}`, { number: application.number }));
      await refresh();
    },
    onError: async (error) => {
      setAsking(null);
      if (isProblem(error) && error.status === 412) {
        tell.warn(t('detail.reloaded'));
      } else {
        tell.failed(error);
      }
      await refresh();
    },
  });

  return (
    <>
      {ORDER.filter((name) => application.commands.includes(name)).map((name) => (
        <Button
          key={name}
          type={name === 'APPROVE' || name === 'CONFIRM' ? 'primary' : 'default'}
          danger={name === 'REJECT'}
          onClick={() => setAsking(name)}
        >
          {t(`command.${name}`)}
        </Button>
      ))}
      {asking && (
        <CommandDialog
          command={asking}
          number={application.number}
          busy={command.isPending}
          onCancel={() => setAsking(null)}
          onConfirm={(body) => command.mutate({ name: asking, body })}
        />
      )}
    </>
  );
}
