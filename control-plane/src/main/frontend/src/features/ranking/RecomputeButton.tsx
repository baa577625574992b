import { ReloadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import { useTell } from '@/shared/ui/useTell';

/** Works a month out once more that is not frozen: hours that came late count then. */
export function RecomputeButton({ month }: { month: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const tell = useTell();
  const queries = useQueryClient();
  const recompute = useMutation({
    mutationFn: () => api<unknown>(`/rankings/${month}`, { method: 'PUT' }),
    onSuccess: async () => {
      tell.done(t('ranking.recomputed'));
      await queries.invalidateQueries();
    },
    onError: tell.failed,
  });
  return (
    may('RANKING_COMPUTE') && (
      <Popconfirm
        title={t('ranking.recomputeSure')}
        okText={t('ranking.recompute')}
        cancelText={t('common.cancel')}
        onConfirm={() => recompute.mutate()}
      >
        <Button icon={<ReloadOutlined />} loading={recompute.isPending}>
          {t('ranking.recompute')}
        </Button>
      </Popconfirm>
    )
  );
}
