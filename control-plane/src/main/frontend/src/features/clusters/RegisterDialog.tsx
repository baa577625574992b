import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterCheck, MemberCluster } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { isProblem } from '@/shared/api/problem';
import { useProblemText } from '@/shared/ui/useProblemText';
import { useTell } from '@/shared/ui/useTell';
import { CheckList } from './CheckList';
import { KubeconfigField } from './KubeconfigField';
import { ProfileFields, type Profile } from './ProfileFields';

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

interface Values extends Profile {
  name: string;
  kubeconfig: string;
}

interface Registered {
  cluster: MemberCluster;
  checks: ClusterCheck[];
}

/** The checks that came with an answer, be it a refusal. */
export function checksOf(done: { checks: ClusterCheck[] } | undefined, error: unknown) {
  return done?.checks ?? (isProblem(error) ? error.document.checks : undefined) ?? null;
}

/** Registers a cluster, or replaces the kubeconfig of one; looked into first, then kept. */
export function RegisterDialog({
  replaced,
  onClose,
}: {
  /** Whose kubeconfig is replaced; none: a new cluster is registered. */
  replaced?: MemberCluster;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const textOf = useProblemText();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [passed, setPassed] = useState(false);
  const send = useMutation({
    mutationFn: ({ values, validateOnly }: { values: Values; validateOnly: boolean }) =>
      api<Registered>(
        replaced ? `/clusters/${replaced.name}/kubeconfig` : `/clusters/${values.name}`,
        {
          method: 'PUT',
          query: { validateOnly },
          json: replaced
            ? { kubeconfig: values.kubeconfig }
            : {
                displayName: values.displayName.trim(),
                pools: values.pools,
                kubeconfig: values.kubeconfig,
              },
        },
      ),
    onSuccess: async ({ cluster }, { validateOnly }) => {
      setPassed(true);
      if (!validateOnly) {
        tell.done(t(replaced ? 'cluster.replaced' : 'cluster.registered', { name: cluster.name }));
        onClose();
        await queries.invalidateQueries();
      }
    },
    onError: () => setPassed(false),
  });
  const submit = (validateOnly: boolean) => {
    void form
      .validateFields()
      .then((values) => send.mutate({ values, validateOnly }))
      .catch(() => undefined);
  };
  const checks = checksOf(send.data, send.error);
  return (
    <Modal
      open
      width={760}
      title={
        replaced ? t('cluster.replaceTitle', { name: replaced.name }) : t('cluster.registerTitle')
      }
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('common.cancel')}
        </Button>,
        <Button key="check" loading={send.isPending} onClick={() => submit(true)}>
          {t('cluster.check')}
        </Button>,
        <Button
          key="register"
          type="primary"
          disabled={!passed}
          loading={send.isPending}
          onClick={() => submit(false)}
        >
          {replaced ? t('cluster.replace') : t('cluster.register')}
        </Button>,
      ]}
    >
      <Form<Values> form={form} layout="vertical" onValuesChange={() => setPassed(false)}>
        {!replaced && (
          <>
            <Form.Item
              name="name"
              label={t('cluster.name')}
              extra={t('cluster.nameHint')}
              rules={[{ required: true, pattern: NAME, message: t('cluster.nameWrong') }]}
            >
              <Input autoComplete="off" maxLength={63} />
            </Form.Item>
            <ProfileFields />
          </>
        )}
        <KubeconfigField form={form} />
      </Form>
      {send.error && (
        <Alert
          type="error"
          showIcon
          title={textOf(send.error).title}
          description={<span className="lines">{textOf(send.error).detail}</span>}
        />
      )}
      {checks && <CheckList checks={checks} />}
    </Modal>
  );
}
