import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { MemberCluster } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { CapacityCard } from './CapacityCard';
import { ChecksCard } from './ChecksCard';
import { ClusterCommands } from './commands';
import { OccupantsCard } from './OccupantsCard';
import { ProfileDialog } from './ProfileDialog';
import { RegisterDialog } from './RegisterDialog';
import { HealthTag, MemberStateTag, SchedulingTag } from './tags';

/** One cluster: how it is and why, what it offers, what is on it. */
export function ClusterPage() {
  const { name = '' } = useParams();
  const cluster = useQuery({
    queryKey: ['/clusters', name],
    queryFn: ({ signal }) => api<MemberCluster>(`/clusters/${name}`, { signal }),
    refetchInterval: 10_000,
  });
  return <Loaded query={cluster}>{(data) => <Detail cluster={data} />}</Loaded>;
}

function Detail({ cluster }: { cluster: MemberCluster }) {
  const { t } = useTranslation();
  const may = useMay();
  const [replacing, setReplacing] = useState(false);
  const [describing, setDescribing] = useState(false);
  return (
    <>
      <PageHead
        back="/clusters"
        title={cluster.displayName ?? cluster.name}
        note={
          <>
            <MemberStateTag state={cluster.state} />
            <SchedulingTag scheduling={cluster.scheduling} />
          </>
        }
      >
        {cluster.registered && cluster.state !== 'DEREGISTERED' && may('CLUSTER_REGISTER') && (
          <>
            <Button onClick={() => setDescribing(true)}>{t('cluster.profileOpen')}</Button>
            <Button onClick={() => setReplacing(true)}>{t('cluster.replaceOpen')}</Button>
          </>
        )}
        <ClusterCommands cluster={cluster} plain />
      </PageHead>
      <div className="stack">
        <HealthCard cluster={cluster} />
        <CapacityCard cluster={cluster} />
        <OccupantsCard name={cluster.name} />
        {may('CLUSTER_REGISTER') && cluster.connected && <ChecksCard name={cluster.name} />}
      </div>
      {describing && <ProfileDialog cluster={cluster} onClose={() => setDescribing(false)} />}
      {replacing && <RegisterDialog replaced={cluster} onClose={() => setReplacing(false)} />}
    </>
  );
}

function HealthCard({ cluster }: { cluster: MemberCluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, symptoms, stale, observations } = cluster.health;
  const said = cluster.lastCommand;
  return (
    <Card title={t('cluster.health')} extra={<HealthTag status={status} />}>
      <div className="stack">
        {symptoms.map((symptom) => (
          <Alert
            key={symptom.kind}
            showIcon
            type={status === 'UNAVAILABLE' ? 'error' : 'warning'}
            title={symptom.text}
            description={
              <>
                <div>{symptom.todo}</div>
                <div className="faint">
                  {t('cluster.sinceTime', { time: format.time(symptom.since) })}
                  {symptom.detail && <> · {symptom.detail}</>}
                </div>
              </>
            }
          />
        ))}
        {stale && cluster.state !== 'DEREGISTERED' && (
          <Alert
            type="warning"
            showIcon
            title={t('cluster.stale')}
            description={
              cluster.health.observedAt &&
              t('cluster.staleSince', {
                server: cluster.health.server,
                time: format.time(cluster.health.observedAt),
              })
            }
          />
        )}
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={[
            {
              key: 'name',
              label: t('cluster.name'),
              children: <span className="code">{cluster.name}</span>,
            },
            {
              key: 'origin',
              label: t('cluster.origin'),
              children: cluster.registered
                ? t('cluster.originRegistered')
                : cluster.simulated
                  ? t('cluster.simulated')
                  : t('cluster.originConfigured'),
            },
            {
              key: 'server',
              label: t('cluster.server'),
              children: cluster.server ?? t('common.none'),
            },
            {
              key: 'kubernetes',
              label: t('cluster.kubernetes'),
              children: cluster.kubernetes ?? t('common.none'),
            },
            {
              key: 'pools',
              label: t('cluster.pools'),
              children: cluster.pools.map((pool) => format.pool(pool)).join(' · '),
            },
            {
              key: 'observed',
              label: t('cluster.observedBy'),
              children:
                observations.length === 0
                  ? t('common.none')
                  : observations.map((one) => (
                      <div key={one.server}>
                        <span className="code">{one.server}</span> <HealthTag status={one.status} />
                        <span className="faint">{format.time(one.observedAt)}</span>
                        {one.stale && <Tag>{t('cluster.old')}</Tag>}
                      </div>
                    )),
            },
            {
              key: 'said',
              label: t('cluster.lastSaid'),
              children: said
                ? `${t(`cluster.command.${said.command}.open`)} · ${t('cluster.saidBy', {
                    name: said.by.name,
                    reason: said.reason,
                  })} · ${format.time(said.at)}`
                : t('common.none'),
            },
          ]}
        />
      </div>
    </Card>
  );
}
