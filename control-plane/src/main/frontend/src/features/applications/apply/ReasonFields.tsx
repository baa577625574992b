import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

/** What it is for, and for how long where something of it has a term. */
export function ReasonFields({ hasTerm }: { hasTerm: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="purpose"
        label={t('apply.purpose')}
        rules={[{ required: true, whitespace: true, message: t('apply.purposeRequired') }]}
      >
        <Input.TextArea
          aria-label={t('apply.purpose')}
          rows={3}
          maxLength={500}
          showCount
          placeholder={t('apply.purposeHint')}
        />
      </Form.Item>
      <Form.Item name="expectedLoad" label={t('apply.expectedLoad')}>
        <Input.TextArea
          aria-label={t('apply.expectedLoad')}
          rows={2}
          maxLength={2000}
          showCount
          placeholder={t('apply.expectedLoadHint')}
        />
      </Form.Item>
      {hasTerm && (
        <Form.Item
          name="termMonths"
          label={t('apply.term')}
          extra={t('apply.termText')}
          rules={[
            {
              required: true,
              type: 'integer',
              min: 1,
              max: 60,
              message: t('apply.termRequired'),
            },
          ]}
        >
          <InputNumber aria-label={t('apply.term')} precision={0} style={{ width: 160 }} />
        </Form.Item>
      )}
    </>
  );
}
