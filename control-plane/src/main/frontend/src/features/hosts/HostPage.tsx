import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Descriptions, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Host, HostCertificate, HostStep } from '@/shared/api/hosts';
import { api } from '@/shared/api/http';

import { useHostChanges } from '@/shared/api/useChanges';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { usePlatformReason } from '@/shared/i18n/usePlatformReason';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { HostPhaseTag, HostStateTag } from '@/shared/ui/tags';
import { HostCommandBar } from './HostCommandBar';
import { ApplyForButton } from './ApplyForButton';
import { MigrateButton, MigrationNote } from './HostMigration';
import { isOrderable } from './hostOrders';
import { RefusalText } from './RefusalText';
import { TermText } from './TermText';

export function HostPage() {
  const { id = '' } = useParams();
  useHostChanges();
  const host = useQuery({
    queryKey: ['/hosts', 'one', id],
    queryFn: ({ signal }) => api<Host>(`/hosts/${id}`, { signal }),
  });
  return (
    <Loaded query={host} rows={10}>
      {(data) => <Detail host={data} />}
    </Loaded>
  );
}

function Detail({ host }: { host: Host }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = usePlatformReason();
  const none = t('common.none');
  return (
    <>
      <PageHead
        back="/hosts"
        title={<span className="code">{host.name}</span>}
        note={<HostPhaseTag phase={host.phase} />}
      >
        {isOrderable(host) && <ApplyForButton hosts={[host]} text={t('host.apply')} />}
        <MigrateButton host={host} />
        <HostCommandBar host={host} />
      </PageHead>
      <div className="stack">
        {host.refusal && (
          <Alert
            type="warning"
            showIcon
            title={t('host.refusalTitle')}
            description={<RefusalText refusal={host.refusal} />}
          />
        )}
        <MigrationNote host={host} />
        <Card title={t('host.info')}>
          <Descriptions
            size="small"
            column={{ xs: 1, md: 2, xl: 3 }}
            items={[
              {
                key: 'state',
                label: t('host.observedLabel'),
                children: (
                  <>
                    <HostStateTag state={host.state} />
                    {host.state !== 'STOPPED' && (
                      <span className="faint">{words(host.reason)}</span>
                    )}
                  </>
                ),
              },
              {
                key: 'system',
                label: t('common.system'),
                children: <Link to={`/systems/${host.system.id}`}>{host.system.name}</Link>,
              },
              { key: 'unit', label: t('host.unitLabel'), children: host.unit.name },
              { key: 'pool', label: t('application.pool'), children: format.pool(host.pool) },
              {
                key: 'spec',
                label: t('host.spec'),
                children: t('host.specText', {
                  vcpu: format.exact('cpuMillis', host.vcpu * 1000),
                  memory: format.exact('memoryBytes', host.memoryBytes),
                }),
              },
              { key: 'size', label: t('host.size'), children: refText(host.size) ?? none },
              { key: 'image', label: t('host.image'), children: refText(host.image) ?? none },
              {
                key: 'gpus',
                label: t('host.gpus'),
                children: host.gpus ? `${host.gpus.model} × ${host.gpus.count}` : none,
              },
              {
                key: 'sshKeys',
                label: t('host.sshKeys'),
                children: host.sshKeys.map(keyName).join(', ') || none,
              },
              {
                key: 'placement',
                label: t('host.placement'),
                children: `${host.cluster} / ${host.namespace}`,
              },
              {
                key: 'addresses',
                label: t('host.addresses'),
                children: <span className="code">{host.addresses.join(', ') || none}</span>,
              },
              {
                key: 'deliveredAt',
                label: t('host.deliveredAt'),
                children: format.time(host.deliveredAt),
              },
              {
                key: 'endsAt',
                label: t('host.endsAt'),
                children: <TermText term={host.term} />,
              },
              {
                key: 'restorableUntil',
                label: t('host.restorableUntil'),
                children: host.restorableUntil ? format.time(host.restorableUntil) : none,
              },
            ]}
          />
        </Card>
        <Card title={t('host.disks')}>
          <Descriptions
            size="small"
            column={{ xs: 1, md: 3 }}
            items={[
              { key: 0, label: t('host.systemDisk'), children: disk(host.diskBytes, host) },
              ...host.disks.map((one) => ({
                key: one.position,
                label: t('host.dataDisk', { position: one.position }),
                children: disk(one.bytes, one),
              })),
            ]}
          />
        </Card>
        {host.conditions.length > 0 && (
          <Card title={t('host.conditions')}>
            {host.conditions.map((condition) => (
              <div key={condition} className="code">
                {condition}
              </div>
            ))}
          </Card>
        )}
        {host.life === 'DESTROYED' && <Certificate host={host} />}
        <Steps host={host} />
      </div>
    </>
  );

  function disk(bytes: number, of: { storageClass: string }) {
    return t('host.diskText', {
      disk: format.exact('storageBytes', bytes),
      storageClass: of.storageClass.toUpperCase(),
    });
  }

  function refText(ref: { code: string; version: number } | null) {
    return ref && `${ref.code} (${t('host.version', { version: ref.version })})`;
  }
}

/** Every step of its life: when, who, and the words that came with it. */
function Steps({ host }: { host: Host }) {
  const { t } = useTranslation();
  const known = useKnown();
  const { exactTime } = useFormat();
  const steps = useQuery({
    queryKey: ['/hosts', 'steps', host.id],
    queryFn: ({ signal }) => api<{ items: HostStep[] }>(`/hosts/${host.id}/steps`, { signal }),
  });
  return (
    <Card title={t('host.history')}>
      <Loaded query={steps}>
        {({ items }) => (
          <Timeline
            items={items.map((step) => ({
              key: step.version,
              color: step.by ? 'blue' : 'green',
              content: (
                <div>
                  <strong>{known(`host.step.${step.command}`, step.command)}</strong>
                  <span className="faint">
                    {' · '}
                    {step.by?.name ?? t('detail.systemActor')}
                  </span>
                  <div className="faint">{exactTime(step.at)}</div>
                  {step.note && <div>{step.note}</div>}
                </div>
              ),
            }))}
          />
        )}
      </Loaded>
    </Card>
  );
}

function Certificate({ host }: { host: Host }) {
  const { t } = useTranslation();
  const certificate = useQuery({
    queryKey: ['/hosts', 'certificate', host.id],
    queryFn: ({ signal }) => api<HostCertificate>(`/hosts/${host.id}/certificate`, { signal }),
  });
  return (
    <Card title={t('host.certificate')}>
      <Loaded query={certificate}>
        {({ number, digest, content }) => (
          <>
            <div>{t('host.certificateNumber', { number })}</div>
            <div className="code">
              {t('host.digest')} {digest}
            </div>
            <pre className="code" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {content}
            </pre>
          </>
        )}
      </Loaded>
    </Card>
  );
}

/** The comment of a public key, which says whose it is, or how it begins. */
function keyName(key: string): string {
  const [type = '', body = '', comment] = key.split(' ');
  return comment ?? `${type} …${body.slice(-8)}`;
}
