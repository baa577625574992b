import { Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStorageClasses } from '@/shared/api/queries';
import { useKnown } from '@/shared/i18n/useKnown';

/** A whole number of an item of the cart, with the bounds the server has. */
export function FigureField({
  index,
  name,
  label,
  min,
  max,
  disabled = false,
}: {
  index: number;
  name: string;
  label: string;
  min: number;
  max: number;
  disabled?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={[index, name]}
      label={label}
      rules={[
        { required: true, type: 'integer', min, max, message: t('apply.range', { min, max }) },
      ]}
    >
      <InputNumber aria-label={label} precision={0} disabled={disabled} />
    </Form.Item>
  );
}

/** One of the storage classes that the pool has. */
export function StorageClassField({ index }: { index: number }) {
  const { t } = useTranslation();
  const known = useKnown();
  const classes = useStorageClasses(Form.useWatch<string | undefined>('pool'));
  return (
    <Form.Item name={[index, 'storageClass']} label={t('apply.storageClass')}>
      <Select
        aria-label={t('apply.storageClass')}
        options={classes.map((one) => ({ value: one, label: known(`storageClass.${one}`, one) }))}
      />
    </Form.Item>
  );
}
