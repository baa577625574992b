import { Card, Descriptions, Empty, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';
import { usePlatformReason } from '@/shared/i18n/usePlatformReason';
import { HostStateTag } from '@/shared/ui/tags';
import { amountsLine } from '../amounts';
import { DeliveryItems } from './DeliveryItems';

/** Which items came, and what the cluster has of it: the lease with its epoch, and every host. */
export function DeliveryCard({ delivery }: { delivery: Delivery | null }) {
  const { t } = useTranslation();
  const words = usePlatformReason();
  const format = useFormat();
  if (!delivery) {
    return (
      <Card title={t('detail.delivery')}>
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('detail.noDelivery')} />
      </Card>
    );
  }
  const { hosts, lease } = delivery;
  const running = hosts.filter(({ state }) => state === 'RUNNING').length;
  return (
    <Card
      title={t('detail.delivery')}
      extra={
        hosts.length > 0 && (
          <span className="faint">
            {t('detail.hostsRunning', {
              running: format.number(running),
              total: format.number(hosts.length),
            })}
          </span>
        )
      }
    >
      {lease && (
        <Descriptions
          size="small"
          column={1}
          items={[
            { key: 'cluster', label: t('detail.cluster'), children: delivery.cluster },
            {
              key: 'namespace',
              label: t('detail.namespace'),
              children: <span className="code">{delivery.namespace}</span>,
            },
            {
              key: 'lease',
              label: t('detail.lease'),
              children: (
                <span>
                  <LeaseTag lease={lease} />
                  <span className="faint">{amountsLine(lease.hard, format)}</span>
                </span>
              ),
            },
          ]}
        />
      )}
      <DeliveryItems items={delivery.items} />
      {hosts.length === 0 ? (
        <p className="faint">{t('detail.noHosts')}</p>
      ) : (
        <Table
          aria-label={t('application.itemKind.HOSTS')}
          size="small"
          style={{ marginTop: 12 }}
          rowKey="id"
          dataSource={hosts}
          pagination={hosts.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
          columns={[
            {
              key: 'name',
              title: t('detail.hostName'),
              render: (_, host) => <span className="code">{host.name}</span>,
            },
            {
              key: 'state',
              title: t('detail.hostState'),
              width: 110,
              render: (_, host) => <HostStateTag state={host.state} />,
            },
            {
              key: 'reason',
              title: t('detail.hostReason'),
              render: (_, host) =>
                host.state === 'RUNNING' || isBlank(host.reason)
                  ? t('common.none')
                  : words(host.reason),
            },
          ]}
        />
      )}
    </Card>
  );
}

function isBlank(text: string | null): boolean {
  return text === null || text === '';
}

function LeaseTag({ lease }: { lease: NonNullable<Delivery['lease']> }) {
  const { t } = useTranslation();
  const { epoch, observedEpoch } = lease;
  if (observedEpoch !== null && observedEpoch >= epoch) {
    return <Tag color="green">{t('detail.leaseObserved', { epoch })}</Tag>;
  }
  return (
    <Tag color="processing">
      {observedEpoch === null
        ? t('detail.leaseWaitingFirst', { epoch })
        : t('detail.leaseWaiting', { epoch, observed: observedEpoch })}
    </Tag>
  );
}
