import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { systemQuery } from '@/features/register/systemQuery';
import { useImages } from '@/shared/api/catalogue';
import type { Host } from '@/shared/api/hosts';
import { usePools } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';

/** Into which other pool hosts of one pool move, with their system if it is of another zone, and what they are made from. */
export function MoveFields({ hosts }: { hosts: Host[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first] = hosts;
  const system = useQuery({ ...systemQuery(first?.system.id ?? ''), enabled: Boolean(first) });
  const pools = usePools().data?.items ?? [];
  const images = useImages().data?.items.filter(({ retired }) => !retired) ?? [];
  const processorOf = (id: string | undefined) => pools.find((pool) => pool.id === id)?.processor;
  const others = pools.filter(
    (pool) =>
      pool.id !== first?.pool &&
      (!system.data?.xinchuangRequired || pool.processor.toLowerCase() === 'domestic'),
  );
  const form = Form.useFormInstance<{ fromZone?: string }>();
  const fromZone = Form.useWatch('fromZone', form);
  const changed = (id: string) => {
    const zone = system.data?.zone;
    const stays = pools.find((pool) => pool.id === id)?.zone === zone;
    form.setFieldValue('fromZone', stays ? undefined : zone);
  };
  const isNeeded = (pool: string | undefined) =>
    hosts.some(({ image }) => image !== null) &&
    pool !== undefined &&
    processorOf(pool) !== processorOf(first?.pool);
  return (
    <>
      <p className="faint">{t('host.moveText')}</p>
      <Form.Item
        name="pool"
        label={t('host.moveTo')}
        rules={[{ required: true, message: t('host.moveToRequired') }]}
        extra={fromZone ? t('host.moveZoneText') : null}
      >
        <Select
          aria-label={t('host.moveTo')}
          onChange={changed}
          notFoundContent={t('host.noOtherPool')}
          options={others.map(({ id }) => ({ value: id, label: format.pool(id) }))}
        />
      </Form.Item>
      <Form.Item name="fromZone" hidden>
        <input type="hidden" />
      </Form.Item>
      <Form.Item
        name="image"
        label={t('apply.image')}
        dependencies={['pool']}
        rules={[
          ({ getFieldValue }) => ({
            required: isNeeded(getFieldValue('pool') as string | undefined),
            message: t('host.imageRequired'),
          }),
        ]}
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
