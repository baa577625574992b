import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MemberCluster } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { ProblemAlert } from '@/shared/ui/ProblemAlert';
import { useTell } from '@/shared/ui/useTell';
import { ProfileFields, type Profile } from './ProfileFields';

/** What people call a registered cluster, and which pools it serves from now on. */
export function ProfileDialog({
  cluster,
  onClose,
}: {
  cluster: MemberCluster;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [form] = Form.useForm<Profile>();
  const change = useMutation({
    mutationFn: ({ displayName, pools }: Profile) =>
      api<MemberCluster>(`/clusters/${cluster.name}/profile`, {
        method: 'PUT',
        json: { displayName: displayName.trim(), pools },
      }),
    onSuccess: async () => {
      tell.done(t('cluster.profileDone'));
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Modal
      open
      title={t('cluster.profileTitle', { name: cluster.name })}
      okText={t('namespace.change')}
      cancelText={t('common.cancel')}
      confirmLoading={change.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p>{t('cluster.profileText')}</p>
      <Form<Profile>
        form={form}
        layout="vertical"
        initialValues={{ displayName: cluster.displayName ?? '', pools: cluster.pools }}
        onFinish={(values) => change.mutate(values)}
      >
        <ProfileFields />
      </Form>
      <ProblemAlert error={change.error} />
    </Modal>
  );
}
