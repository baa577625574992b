import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePools } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';

export interface Profile {
  displayName: string;
  pools: string[];
}

/** What people call a cluster, and which pools it serves. */
export function ProfileFields() {
  const { t } = useTranslation();
  const format = useFormat();
  const pools = usePools();
  return (
    <>
      <Form.Item
        name="displayName"
        label={t('cluster.displayName')}
        rules={[{ required: true, whitespace: true, message: t('cluster.displayNameRequired') }]}
      >
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item
        name="pools"
        label={t('cluster.pools')}
        rules={[{ required: true, message: t('cluster.poolsRequired') }]}
      >
        <Select
          mode="multiple"
          loading={pools.isLoading}
          options={(pools.data?.items ?? []).map(({ id }) => ({
            value: id,
            label: format.pool(id),
          }))}
        />
      </Form.Item>
    </>
  );
}
