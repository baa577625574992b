import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PriceBook, PricePackage } from '@/shared/api/prices';
import { type ProposedVersion, ProposeVersionDialog } from '@/shared/ui/ProposeVersionDialog';

interface Values extends ProposedVersion {
  packages: PricePackage[];
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
      initialValues={{ packages: start?.packages ?? [{}] }}
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
    </ProposeVersionDialog>
  );
}
