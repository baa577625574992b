import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SystemWait } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useFormat } from '@/shared/format/useFormat';

/** Why what was ordered for a system waits, where that is a cluster's fault. */
export function SystemWaits({ system }: { system: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const waits = useQuery({
    queryKey: ['/systems', system, 'waits'],
    queryFn: ({ signal }) => api<{ items: SystemWait[] }>(`/systems/${system}/waits`, { signal }),
    refetchInterval: 15_000,
  });
  return (
    <>
      {(waits.data?.items ?? []).map((wait) => (
        <Alert
          key={wait.namespace + wait.cluster}
          type="warning"
          showIcon
          title={t(wait.settled ? 'cluster.waitLater' : 'cluster.waitNow', {
            cluster: wait.cluster,
            text: wait.text,
          })}
          description={
            wait.since ? t('cluster.sinceTime', { time: format.time(wait.since) }) : undefined
          }
        />
      ))}
    </>
  );
}
