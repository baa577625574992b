import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MemberCluster } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';

/** Confines a list to one cluster; for those who may know which there are. */
export function ClusterSelect({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (cluster: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const may = useMay();
  const clusters = useQuery({
    queryKey: ['/clusters'],
    queryFn: ({ signal }) => api<{ items: MemberCluster[] }>('/clusters', { signal }),
    enabled: may('CLUSTER_READ'),
  });
  return may('CLUSTER_READ') ? (
    <Select
      allowClear
      showSearch
      aria-label={t('cluster.one')}
      placeholder={t('cluster.one')}
      style={{ width: 190 }}
      value={value ?? null}
      onChange={(cluster: string | null) => onChange(cluster ?? undefined)}
      options={(clusters.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
    />
  ) : null;
}
