import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { NoticeSettings } from '@/shared/api/notices';
import { Loaded } from '@/shared/ui/Loaded';
import { useTell } from '@/shared/ui/useTell';

/** Whether by mail as well, where to, and in which language. */
export function SettingsTab() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['/notices', 'settings'],
    queryFn: ({ signal }) => api<NoticeSettings>('/notices/settings', { signal }),
    staleTime: Infinity,
  });
  const change = useMutation({
    mutationFn: (json: NoticeSettings) =>
      api<NoticeSettings>('/notices/settings', { method: 'PUT', json }),
    onSuccess: async () => {
      tell.done(t('notice.saved'));
      await queries.invalidateQueries({ queryKey: ['/notices', 'settings'] });
    },
    onError: tell.failed,
  });
  return (
    <Loaded query={query}>
      {(settings) => (
        <Form<NoticeSettings>
          layout="vertical"
          style={{ maxWidth: 420 }}
          initialValues={settings}
          onFinish={(values) => change.mutate({ ...values, email: values.email.trim() })}
        >
          <Form.Item name="mail" label={t('notice.byMail')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Form.Item name="email" label={t('notice.email')} extra={t('notice.emailHint')}>
            <Input maxLength={254} />
          </Form.Item>
          <Form.Item name="language" label={t('notice.language')}>
            <Select
              options={[
                { value: 'ZH', label: t('shell.languageZh') },
                { value: 'EN', label: t('shell.languageEn') },
              ]}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('notice.save')}
          </Button>
        </Form>
      )}
    </Loaded>
  );
}
