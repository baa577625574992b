import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeliveryItem } from '@/shared/api/applications';
import { useFormat } from '@/shared/format/useFormat';
import { usePlatformReason } from '@/shared/i18n/usePlatformReason';

const COLOURS: Record<DeliveryItem['state'], string> = {
  CAME: 'green',
  PENDING: 'processing',
  FAILED: 'volcano',
};

/** Which items came, and which did not and why. */
export function DeliveryItems({ items }: { items: DeliveryItem[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = usePlatformReason();
  return (
    <Table
      aria-label={t('detail.items')}
      size="small"
      style={{ marginTop: 12 }}
      rowKey="position"
      dataSource={items}
      pagination={false}
      columns={[
        {
          key: 'position',
          title: t('detail.deliveryPosition'),
          width: 60,
          render: (_, { position }) => format.number(position + 1),
        },
        {
          key: 'kind',
          title: t('detail.deliveryItem'),
          render: (_, { kind, host }) => (
            <span>
              {t(`application.itemKind.${kind}`)}
              {host && (
                <>
                  {' '}
                  <Link className="code" to={`/hosts/${host.id}`}>
                    {host.name}
                  </Link>
                </>
              )}
            </span>
          ),
        },
        {
          key: 'state',
          title: t('detail.hostState'),
          width: 150,
          render: (_, { kind, state, missing }) => (
            <Tag color={COLOURS[state]}>
              {kind === 'HOSTS' && missing > 0
                ? t(`detail.deliveryMissing.${state}`, { missing: format.number(missing) })
                : t(`detail.deliveryState.${state}`)}
            </Tag>
          ),
        },
        {
          key: 'reason',
          title: t('detail.hostReason'),
          render: (_, { reason }) => (reason === null ? t('common.none') : words(reason)),
        },
      ]}
    />
  );
}
