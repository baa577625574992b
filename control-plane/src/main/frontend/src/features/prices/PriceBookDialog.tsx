import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Modal, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { PriceBook, PricePackage } from '@/shared/api/prices';
import { useProblemText } from '@/shared/ui/useProblemText';
import { useTell } from '@/shared/ui/useTell';

interface Values {
  id: string;
  effectiveFrom: string;
  basis: string;
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
  const tell = useTell();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const propose = useMutation({
    mutationFn: ({ id, ...body }: Values) =>
      api<PriceBook>(`/price-books/${encodeURIComponent(id.trim())}`, {
        method: 'PUT',
        json: body,
      }),
    onSuccess: async () => {
      tell.done(t('price.proposed'));
      onClose();
      await queries.invalidateQueries();
    },
  });
  const required = [{ required: true, message: t('price.required') }];
  return (
    <Modal
      open
      width={640}
      title={t('price.propose')}
      okText={t('price.propose')}
      cancelText={t('common.cancel')}
      confirmLoading={propose.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ packages: start?.packages ?? [{}] }}
        onFinish={(values) => propose.mutate(values)}
      >
        <Form.Item name="id" label={t('price.id')} extra={t('price.idHint')} rules={required}>
          <Input maxLength={63} />
        </Form.Item>
        <Form.Item name="effectiveFrom" label={t('price.effectiveFrom')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="basis" label={t('price.basis')} rules={required}>
          <Input.TextArea rows={2} maxLength={500} showCount />
        </Form.Item>
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
      </Form>
      {propose.error && (
        <Alert
          type="error"
          showIcon
          title={textOf(propose.error).title}
          description={textOf(propose.error).detail}
        />
      )}
    </Modal>
  );
}
