import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { roomOf } from '@/features/applications/amounts';
import type { DraftValues } from '@/features/applications/apply/draft';
import { makeId } from '@/features/applications/apply/useStart';
import { api } from '@/shared/api/http';
import type { NamespaceRoom, NamespaceWarning, SystemNamespace } from '@/shared/api/namespaces';
import { useMay } from '@/shared/api/queries';
import type { BusinessSystem } from '@/shared/api/types';
import { useNamespaceChanges } from '@/shared/api/useChanges';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { GrantDialog } from './GrantDialog';
import { NamespaceText } from './NamespaceText';

/** A system's namespaces: whether people may work there, what was granted, what stands in the way. */
export function NamespacesCard({ system }: { system: BusinessSystem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<SystemNamespace | null>(null);
  useNamespaceChanges();
  const namespaces = useQuery({
    queryKey: ['/systems', system.id, 'namespaces'],
    queryFn: ({ signal }) =>
      api<{ items: SystemNamespace[] }>(`/systems/${system.id}/namespaces`, { signal }),
  });
  const handBack = ({ cluster, pool, room: { free } }: SystemNamespace) => {
    const values: DraftValues = {
      system: system.id,
      pool,
      items: [
        {
          kind: 'NAMESPACE_RETURN',
          cluster,
          whole: false,
          ...roomOf(free, Math.floor),
        },
      ],
    };
    void navigate(`/applications/new?draft=${makeId()}`, { state: values });
  };
  return (
    <Card title={t('namespace.title')}>
      <Loaded query={namespaces}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('namespace.empty')} />
          ) : (
            <Table<SystemNamespace>
              aria-label={t('namespace.title')}
              size="small"
              rowKey={({ cluster, namespace }) => `${cluster}/${namespace}`}
              pagination={false}
              scroll={{ x: 900 }}
              dataSource={items}
              expandable={{
                rowExpandable: ({ observed }) => (observed?.warnings.length ?? 0) > 0,
                defaultExpandAllRows: true,
                expandedRowRender: ({ observed }) => (
                  <Warnings warnings={observed?.warnings ?? []} />
                ),
              }}
              columns={[
                {
                  key: 'namespace',
                  title: t('namespace.name'),
                  render: (_, { cluster, namespace }) => (
                    <NamespaceText cluster={cluster} namespace={namespace} />
                  ),
                },
                {
                  key: 'pool',
                  title: t('application.pool'),
                  width: 170,
                  render: (_, { pool }) => format.pool(pool),
                },
                {
                  key: 'state',
                  title: t('namespace.stateLabel'),
                  width: 240,
                  render: (_, { enforced, reason, observed, closing }) => (
                    <>
                      {closing && <Tag color="orange">{t('namespace.closing')}</Tag>}
                      <Tag color={reason ? 'red' : enforced ? 'green' : 'processing'}>
                        {reason
                          ? t('namespace.refused')
                          : enforced
                            ? t('namespace.ready')
                            : t('namespace.preparing')}
                      </Tag>
                      {observed && observed.phase !== 'ACTIVE' && (
                        <Tag color="orange">{t(`namespace.phase.${observed.phase}`)}</Tag>
                      )}
                      {reason && <div className="faint">{reason}</div>}
                      {observed?.conditions.map((condition) => (
                        <div key={condition} className="faint">
                          {condition}
                        </div>
                      ))}
                      {observed && (
                        <div className="faint">
                          {t('namespace.seen', { time: format.time(observed.seenAt) })}
                        </div>
                      )}
                    </>
                  ),
                },
                {
                  key: 'room',
                  title: t('namespace.room'),
                  width: 220,
                  render: (_, namespace) => (
                    <>
                      <Room room={namespace.room} />
                      {may('APPLICATION_SUBMIT') && !namespace.closing && (
                        <Button
                          size="small"
                          type="link"
                          style={{ paddingInline: 0 }}
                          onClick={() => handBack(namespace)}
                        >
                          {t('namespace.handBack')}
                        </Button>
                      )}
                    </>
                  ),
                },
                {
                  key: 'grants',
                  title: t('namespace.grants'),
                  width: 200,
                  render: (_, namespace) => (
                    <>
                      {namespace.grants.map((grant) => (
                        <Tag key={grant}>{t(`namespace.grant.${grant}`)}</Tag>
                      ))}
                      {may('NAMESPACE_GRANT') && (
                        <Button
                          size="small"
                          type="link"
                          style={{ paddingInline: 0 }}
                          onClick={() => setAsked(namespace)}
                        >
                          {t('namespace.change')}
                        </Button>
                      )}
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {asked && <GrantDialog system={system.id} namespace={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

/** What is used of the most that it may hold, of what it may hold at all. */
function Room({ room: { entitled, used } }: { room: NamespaceRoom }) {
  const { t } = useTranslation();
  const format = useFormat();
  return Object.keys(entitled)
    .filter((resource) => /^(cpuMillis|memoryBytes|storageBytes)/.test(resource))
    .sort(byResource)
    .map((resource) => (
      <div key={resource} className="nowrap">
        {t('namespace.usedOf', {
          resource: format.resource(resource),
          used: format.exact(resource, used[resource] ?? 0),
          entitled: format.exact(resource, entitled[resource] ?? 0),
        })}
      </div>
    ));
}

/** What the cluster has warned of in a namespace, the latest first. */
function Warnings({ warnings }: { warnings: NamespaceWarning[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul aria-label={t('namespace.warnings')} style={{ margin: 0, paddingInlineStart: 18 }}>
      {warnings.map((warning) => (
        <li key={`${warning.reason} ${warning.object}`}>
          <Tag color="gold">{warning.reason}</Tag>
          <span className="code">{warning.object}</span>{' '}
          <span className="faint">
            {t('namespace.warned', {
              times: format.number(warning.times),
              time: format.time(warning.lastAt),
            })}
          </span>
          <div>{warning.message}</div>
        </li>
      ))}
    </ul>
  );
}
