import { Form, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStorageClasses } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';

const ROOM = [
  { name: 'cpu', text: 'apply.cpu', max: 10_000 },
  { name: 'memoryGib', text: 'apply.namespaceMemory', max: 65_536 },
  { name: 'storageGib', text: 'apply.storage', max: 1_048_576 },
] as const;

/** How much of a namespace is handed back: which one it is stays as it was. */
export function NamespaceReturnFields({ index }: { index: number }) {
  const { t } = useTranslation();
  const known = useKnown();
  const whole = Form.useWatch<boolean | undefined>(['items', index, 'whole']) === true;
  const classes = useStorageClasses(Form.useWatch<string | undefined>('pool'));
  return (
    <div className="item-fields">
      <Hidden index={index} name="kind" />
      <Form.Item name={[index, 'cluster']} label={t('apply.cluster')}>
        <Told />
      </Form.Item>
      <Form.Item
        name={[index, 'whole']}
        label={t('apply.handBack')}
        extra={whole ? t('apply.handBackWholeText') : t('apply.handBackPartText')}
      >
        <Radio.Group
          options={[
            { value: false, label: t('apply.handBackPart') },
            { value: true, label: t('apply.handBackWhole') },
          ]}
        />
      </Form.Item>
      {!whole &&
        ROOM.map(({ name, text, max }) => (
          <Form.Item
            key={name}
            name={[index, name]}
            label={t(text)}
            rules={[
              {
                required: true,
                type: 'integer',
                min: 0,
                max,
                message: t('apply.range', { min: 0, max }),
              },
            ]}
          >
            <InputNumber aria-label={t(text)} precision={0} />
          </Form.Item>
        ))}
      {!whole && (
        <Form.Item name={[index, 'storageClass']} label={t('apply.storageClass')}>
          <Select
            aria-label={t('apply.storageClass')}
            options={classes.map((one) => ({
              value: one,
              label: known(`storageClass.${one}`, one),
            }))}
          />
        </Form.Item>
      )}
    </div>
  );
}

/** The zone that the system leaves; the pool says the one that it changes to. */
export function ZoneFields({ index }: { index: number }) {
  const { t } = useTranslation();
  return (
    <div className="item-fields">
      <Hidden index={index} name="kind" />
      <Form.Item
        name={[index, 'fromZone']}
        label={t('apply.fromZone')}
        extra={t('apply.zoneText')}
        style={{ gridColumn: '1 / -1' }}
      >
        <ZoneName />
      </Form.Item>
    </div>
  );
}

function Hidden({ index, name }: { index: number; name: string }) {
  return (
    <Form.Item name={[index, name]} hidden>
      <input type="hidden" />
    </Form.Item>
  );
}

function Told({ value }: { value?: string }) {
  return <span className="code">{value}</span>;
}

function ZoneName({ value }: { value?: string }) {
  const format = useFormat();
  return <span>{value && format.zone(value)}</span>;
}
