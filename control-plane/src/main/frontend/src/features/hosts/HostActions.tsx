import { DownloadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { api, save } from '@/shared/api/http';
import type { Host } from '@/shared/api/hosts';
import type { Page } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { csv } from '@/shared/list/csv';
import type { List } from '@/shared/list/useList';
import { useTell } from '@/shared/ui/useTell';

/** More rows than any office reads; a bound, so that one click cannot fetch without end. */
const MOST_PAGES = 100;

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

export function ExportButton({ list }: { list: List<Host> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tell = useTell();
  const [busy, setBusy] = useState(false);

  async function write() {
    const rows: (string | number)[][] = [
      [
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
      ],
    ];
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer: Page<Host> = await api<Page<Host>>('/hosts', {
        query: { ...list.asked, limit: 200, cursor },
      });
      for (const host of answer.items) {
        rows.push([
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
        ]);
      }
      cursor = answer.next;
      if (cursor === null) {
        break;
      }
    }
    save(csv(rows), t('host.exportName'));
  }

  return (
    <Button
      icon={<DownloadOutlined />}
      loading={busy}
      disabled={list.total === 0}
      onClick={() => {
        setBusy(true);
        write()
          .catch(tell.failed)
          .finally(() => setBusy(false));
      }}
    >
      {busy ? t('list.exporting') : t('list.export')}
    </Button>
  );
}
