import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '@/features/register/systemQuery';
import { useImages } from '@/shared/api/catalogue';
import type { Host } from '@/shared/api/hosts';
import { usePools } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';

/** Into which other pool of its system's zone a host moves, and what it is made from there. */
export function MoveFields({ host }: { host: Host }) {
  const { t } = useTranslation();
  const format = useFormat();
  const system = useQuery(systemQuery(host.system.id));
  const pools = usePools().data?.items ?? [];
  const images = useImages().data?.items.filter(({ retired }) => !retired) ?? [];
  const chosen = Form.useWatch<string | undefined>('pool');
  const processorOf = (id: string | undefined) => pools.find((pool) => pool.id === id)?.processor;
  const others = pools.filter(
    (pool) =>
      pool.id !== host.pool &&
      pool.zone === system.data?.zone &&
      (!system.data.xinchuangRequired || pool.processor.toLowerCase() === 'domestic'),
  );
  const named =
    host.image !== null && chosen !== undefined && processorOf(chosen) !== processorOf(host.pool);
  return (
    <>
      <p className="faint">{t('host.moveText')}</p>
      <Form.Item
        name="pool"
        label={t('host.moveTo')}
        rules={[{ required: true, message: t('host.moveToRequired') }]}
      >
        <Select
          aria-label={t('host.moveTo')}
          notFoundContent={t('host.noOtherPool')}
          options={others.map(({ id }) => ({ value: id, label: format.pool(id) }))}
        />
      </Form.Item>
      <Form.Item
        name="image"
        label={t('apply.image')}
        rules={[{ required: named, message: t('host.imageRequired') }]}
      >
        <Select
          allowClear
          aria-label={t('apply.image')}
          placeholder={t('host.sameImage')}
          options={images.map(({ ref, name }) => ({ value: ref.code, label: name }))}
        />
      </Form.Item>
    </>
  );
}
