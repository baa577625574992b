import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Item } from '@/shared/api/types';

interface Figure {
  name: string;
  text:
    | 'apply.count'
    | 'apply.vcpu'
    | 'apply.memory'
    | 'apply.disk'
    | 'apply.cpu'
    | 'apply.namespaceMemory'
    | 'apply.storage';
  min: number;
  max: number;
}

const FIGURES: Record<Item['kind'], Figure[]> = {
  HOSTS: [
    { name: 'count', text: 'apply.count', min: 1, max: 200 },
    { name: 'vcpu', text: 'apply.vcpu', min: 1, max: 128 },
    { name: 'memoryGib', text: 'apply.memory', min: 1, max: 1024 },
    { name: 'diskGib', text: 'apply.disk', min: 20, max: 32_768 },
  ],
  NAMESPACE: [
    { name: 'cpu', text: 'apply.cpu', min: 1, max: 10_000 },
    { name: 'memoryGib', text: 'apply.namespaceMemory', min: 1, max: 65_536 },
    { name: 'storageGib', text: 'apply.storage', min: 0, max: 1_048_576 },
  ],
};

/** The figures of one item of the cart, each with the bounds the server has. */
export function ItemFields({ kind, index }: { kind: Item['kind']; index: number }) {
  const { t } = useTranslation();
  return (
    <div className="item-fields">
      <Form.Item name={[index, 'kind']} hidden>
        <input type="hidden" />
      </Form.Item>
      {FIGURES[kind].map(({ name, text, min, max }) => (
        <Form.Item
          key={name}
          name={[index, name]}
          label={t(text)}
          rules={[
            { required: true, type: 'integer', min, max, message: t('apply.range', { min, max }) },
          ]}
        >
          <InputNumber aria-label={t(text)} precision={0} />
        </Form.Item>
      ))}
      <Form.Item name={[index, 'storageClass']} label={t('apply.storageClass')}>
        <Select
          aria-label={t('apply.storageClass')}
          options={(['ssd', 'hdd'] as const).map((storageClass) => ({
            value: storageClass,
            label: t(`storageClass.${storageClass}`),
          }))}
        />
      </Form.Item>
    </div>
  );
}
