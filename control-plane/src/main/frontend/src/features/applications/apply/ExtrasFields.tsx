import { CloseOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { AddResource } from '@/features/quota/AddResource';
import type { Amounts } from '@/shared/api/types';
import { byResource, hasUnit } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';

/** As the server bounds them. */
const MOST = 1_000_000_000_000_000;

/** Whatever else is counted, for a namespace: devices, public addresses, numbers of objects. */
export function ExtrasFields({ index }: { index: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const form = Form.useFormInstance();
  const path = ['items', index, 'extras'];
  const extras = Form.useWatch<Amounts | undefined>(path, { form, preserve: true }) ?? {};
  /** What stands in the form at this moment, which what was rendered may lag behind. */
  const now = () => (form.getFieldValue(path) as Amounts | undefined) ?? {};
  const present = Object.keys(extras).sort(byResource);
  return (
    <div style={{ gridColumn: '1 / -1' }}>
      <div className="item-fields">
        {present.map((resource) => {
          const name = format.resource(resource);
          return (
            <Form.Item key={resource} label={name}>
              <div style={{ display: 'flex', gap: 4 }}>
                <Form.Item
                  noStyle
                  name={[index, 'extras', resource]}
                  rules={[
                    {
                      required: true,
                      type: 'integer',
                      min: 1,
                      max: MOST,
                      message: t('apply.range', { min: 1, max: MOST }),
                    },
                  ]}
                >
                  <InputNumber aria-label={name} precision={0} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t('apply.removeExtra', { resource: name })}
                  onClick={() =>
                    form.setFieldValue(
                      path,
                      Object.fromEntries(
                        Object.entries(now()).filter(([other]) => other !== resource),
                      ),
                    )
                  }
                />
              </div>
            </Form.Item>
          );
        })}
      </div>
      <AddResource
        present={present}
        offers={(code) => !hasUnit(code)}
        onAdd={(resource) => form.setFieldValue(path, { ...now(), [resource]: 1 })}
      />
      {present.length > 0 && <div className="faint">{t('apply.extrasText')}</div>}
    </div>
  );
}
