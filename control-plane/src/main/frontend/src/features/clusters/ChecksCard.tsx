import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ClusterCheck } from '@/shared/api/clusters';
import { api } from '@/shared/api/http';
import { useProblemText } from '@/shared/ui/useProblemText';
import { CheckList } from './CheckList';

/** Looks into a connected cluster again when somebody asks for it. */
export function ChecksCard({ name }: { name: string }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const look = useMutation({
    mutationFn: () =>
      api<{ passed: boolean; checks: ClusterCheck[] }>(`/clusters/${name}/checks`, {
        method: 'POST',
      }),
  });
  return (
    <Card
      title={t('cluster.checks')}
      extra={
        <Button size="small" loading={look.isPending} onClick={() => look.mutate()}>
          {t('cluster.check')}
        </Button>
      }
    >
      {look.data ? (
        <CheckList checks={look.data.checks} />
      ) : (
        <span className="faint">{t('cluster.checksHint')}</span>
      )}
      {look.error && <Alert type="error" showIcon title={textOf(look.error).title} />}
    </Card>
  );
}
