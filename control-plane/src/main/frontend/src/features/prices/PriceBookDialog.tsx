import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PriceBook, PriceDisk, PricePackage } from '@/shared/api/prices';
import { type ProposedVersion, ProposeVersionDialog } from '@/shared/ui/ProposeVersionDialog';

const STORAGE_CLASS = /^[a-z0-9][a-z0-9.-]{0,31}$/;

interface Values extends ProposedVersion {
  packages: PricePackage[];
  disks: PriceDisk[];
}

/** A new book; it begins with the prices of the newest. */
export function PriceBookDialog({
  start,
  onClose,
}: {
  start: PriceBook | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const words = {
    propose: t('price.propose'),
    proposed: t('price.proposed'),
    id: t('price.id'),
    idHint: t('price.idHint'),
    effectiveFrom: t('price.effectiveFrom'),
    basis: t('price.basis'),
    required: t('price.required'),
  };
  const required = [{ required: true, message: words.required }];
  return (
    <ProposeVersionDialog<Values>
      words={words}
      path="/price-books"
      width={640}
      initialValues={{ packages: start?.packages ?? [{}], disks: start?.disks ?? [] }}
      onClose={onClose}
    >
      <Form.List name="packages">
        {(fields, { add, remove }) => (
          <Form.Item label={t('price.packages')}>
            {fields.map(({ key, name }, index) => (
              <Space key={key} align="baseline" style={{ display: 'flex' }}>
                <Form.Item name={[name, 'vcpu']} rules={required}>
                  <InputNumber
                    aria-label={`${t('price.vcpu')} ${index + 1}`}
                    min={1}
                    precision={0}
                    suffix={t('price.vcpu')}
                    style={{ width: 150 }}
                  />
                </Form.Item>
                <Form.Item name={[name, 'memoryGib']} rules={required}>
                  <InputNumber
                    aria-label={`${t('price.memory')} ${index + 1}`}
                    min={1}
                    precision={0}
                    suffix={t('price.memory')}
                    style={{ width: 170 }}
                  />
                </Form.Item>
                <Form.Item name={[name, 'yuanPerMonth']} rules={required}>
                  <InputNumber
                    aria-label={`${t('price.perMonth')} ${index + 1}`}
                    stringMode
                    min="0"
                    max="10000000"
                    precision={2}
                    suffix={t('price.perMonth')}
                    style={{ width: 200 }}
                  />
                </Form.Item>
                {fields.length > 1 && (
                  <Button
                    type="text"
                    icon={<MinusCircleOutlined />}
                    aria-label={`${t('price.removePackage')} ${index + 1}`}
                    onClick={() => remove(name)}
                  />
                )}
              </Space>
            ))}
            {fields.length < 200 && (
              <Button type="dashed" icon={<PlusOutlined />} onClick={() => add()}>
                {t('price.addPackage')}
              </Button>
            )}
          </Form.Item>
        )}
      </Form.List>
      <Form.List name="disks">
        {(fields, { add, remove }) => (
          <Form.Item label={t('price.disks')} extra={t('price.disksHint')}>
            {fields.map(({ key, name }, index) => (
              <Space key={key} align="baseline" style={{ display: 'flex' }}>
                <Form.Item
                  name={[name, 'storageClass']}
                  rules={[{ required: true, pattern: STORAGE_CLASS, message: words.idHint }]}
                >
                  <Input
                    aria-label={`${t('price.storageClass')} ${index + 1}`}
                    style={{ width: 150 }}
                  />
                </Form.Item>
                <Form.Item name={[name, 'yuanPerGibMonth']} rules={required}>
                  <InputNumber
                    aria-label={`${t('price.perGibMonth')} ${index + 1}`}
                    stringMode
                    min="0"
                    max="10000000"
                    precision={2}
                    suffix={t('price.perGibMonth')}
                    style={{ width: 240 }}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<MinusCircleOutlined />}
                  aria-label={`${t('price.removeDisk')} ${index + 1}`}
                  onClick={() => remove(name)}
                />
              </Space>
            ))}
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add()}>
              {t('price.addDisk')}
            </Button>
          </Form.Item>
        )}
      </Form.List>
    </ProposeVersionDialog>
  );
}
