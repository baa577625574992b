import { Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/shared/format/useFormat';
import { FigureField, StorageClassField } from './fields';
import { ROOM } from './figures';

/** How much of a namespace is handed back: which one it is stays as it was. */
export function NamespaceReturnFields({ index }: { index: number }) {
  const { t } = useTranslation();
  const whole = Form.useWatch<boolean | undefined>(['items', index, 'whole']) === true;
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
        ROOM.map(({ name, text, min, max }) => (
          <FigureField key={name} index={index} name={name} label={t(text)} min={min} max={max} />
        ))}
      {!whole && <StorageClassField index={index} />}
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
