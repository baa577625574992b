import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { SystemNamespace } from '@/shared/api/namespaces';
import { useMay } from '@/shared/api/queries';
import type { BusinessSystem } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { GrantDialog } from './GrantDialog';

/** A system's namespaces: whether people may work there, what was granted, what stands in the way. */
export function NamespacesCard({ system }: { system: BusinessSystem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [asked, setAsked] = useState<SystemNamespace | null>(null);
  const namespaces = useQuery({
    queryKey: ['/systems', system.id, 'namespaces'],
    queryFn: ({ signal }) =>
      api<{ items: SystemNamespace[] }>(`/systems/${system.id}/namespaces`, { signal }),
  });
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
              scroll={{ x: 700 }}
              dataSource={items}
              columns={[
                {
                  key: 'namespace',
                  title: t('namespace.name'),
                  render: (_, { cluster, namespace }) => (
                    <>
                      <span className="code">{namespace}</span>
                      <div className="faint code">{cluster}</div>
                    </>
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
                  render: (_, { enforced, reason }) => (
                    <>
                      <Tag color={reason ? 'red' : enforced ? 'green' : 'processing'}>
                        {reason
                          ? t('namespace.refused')
                          : enforced
                            ? t('namespace.ready')
                            : t('namespace.preparing')}
                      </Tag>
                      {reason && <div className="faint">{reason}</div>}
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
