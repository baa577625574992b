import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api } from '@/shared/api/http';
import type { Host } from '@/shared/api/hosts';
import { useFormat } from '@/shared/format/useFormat';
import { ExportButton } from '@/shared/list/ExportButton';
import type { List } from '@/shared/list/useList';
import { useTell } from '@/shared/ui/useTell';

/** Starts what is chosen: as many as there is quota for; each of the others says why. */
export function StartButton({ chosen, onDone }: { chosen: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: () =>
      api<{ items: { host: string; code: string | null }[] }>(`/host-starts/${uuid()}`, {
        method: 'PUT',
        json: { hosts: chosen },
      }),
    onSuccess: async ({ items }) => {
      const refused = items.filter(({ code }) => code !== null).length;
      tell.done(t('host.started', { count: items.length - refused }));
      if (refused > 0) {
        tell.warn(t('host.notStarted', { count: refused }));
      }
      onDone();
      await queries.invalidateQueries({ queryKey: ['/hosts'] });
    },
    onError: tell.failed,
  });
  return (
    <Button
      type="primary"
      disabled={chosen.length === 0}
      loading={start.isPending}
      onClick={() => start.mutate()}
    >
      {t('host.startSelected', { count: chosen.length })}
    </Button>
  );
}

/** All hosts of a list, as a file. */
export function HostsExport({ list }: { list: List<Host> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ExportButton
      list={list}
      path="/hosts"
      name={t('host.exportName')}
      head={[
        t('host.name'),
        t('common.system'),
        t('host.unitLabel'),
        t('application.pool'),
        t('host.vcpu'),
        t('host.memory'),
        t('host.disk'),
        t('host.placement'),
        t('host.lifeLabel'),
        t('host.observedLabel'),
        t('host.addresses'),
        t('host.deliveredAt'),
      ]}
      row={(host) => [
        host.name,
        host.system.name,
        host.unit.name,
        format.pool(host.pool),
        host.vcpu,
        host.memoryBytes / 2 ** 30,
        host.diskBytes / 2 ** 30,
        `${host.cluster} / ${host.namespace}`,
        t(`host.phase.${host.phase}`),
        t(`host.state.${host.state}`),
        host.addresses.join(' '),
        format.time(host.deliveredAt),
      ]}
    />
  );
}
