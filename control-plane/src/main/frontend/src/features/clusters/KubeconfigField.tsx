import { UploadOutlined } from '@ant-design/icons';
import { Button, Form, Input, Upload, type FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';

/** Pasted or read from a file, in the browser: the text alone is sent. */
export function KubeconfigField<T extends { kubeconfig: string }>({
  form,
}: {
  form: FormInstance<T>;
}) {
  const { t } = useTranslation();
  return (
    <Form.Item label={t('cluster.kubeconfig')} extra={t('cluster.kubeconfigHint')} required>
      <Form.Item
        name="kubeconfig"
        noStyle
        rules={[{ required: true, whitespace: true, message: t('cluster.kubeconfigRequired') }]}
      >
        <Input.TextArea
          aria-label={t('cluster.kubeconfig')}
          className="code"
          rows={7}
          autoComplete="off"
          spellCheck={false}
        />
      </Form.Item>
      <Upload
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then((text) => form.setFieldValue('kubeconfig' as never, text as never));
          return false;
        }}
      >
        <Button size="small" icon={<UploadOutlined />} style={{ marginTop: 8 }}>
          {t('cluster.kubeconfigFile')}
        </Button>
      </Upload>
    </Form.Item>
  );
}
