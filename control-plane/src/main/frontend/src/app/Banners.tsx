import { ExperimentOutlined } from '@ant-design/icons';
import { Alert, Progress } from 'antd';
import { useEffect, useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isPreparing, useEnvironment } from '@/shared/api/queries';
import { useFormat } from '@/shared/format/useFormat';
import { ProtectionBanner } from './ProtectionBanner';

/** What everybody must know before trusting a figure: simulated clusters, data still coming, a protection period. */
export function Banners() {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { data } = useEnvironment();
  const queries = useQueryClient();
  const preparing = isPreparing(data);
  const wasPreparing = useRef(false);

  useEffect(() => {
    if (wasPreparing.current && !preparing) {
      void queries.invalidateQueries();
    }
    wasPreparing.current = preparing;
  }, [preparing, queries]);

  if (!data) {
    return null;
  }
  const names = (clusters: { name: string }[]) =>
    clusters.map(({ name }) => name).join(t('common.list'));
  const simulated = data.clusters.filter((cluster) => cluster.simulated);
  const lost = data.clusters.filter((cluster) => !cluster.reachable);
  return (
    <>
      <ProtectionBanner />
      {simulated.length > 0 && (
        <Alert
          banner
          className="banner"
          type="warning"
          icon={<ExperimentOutlined />}
          title={t('banner.simulated', { clusters: names(simulated) })}
        />
      )}
      {lost.length > 0 && (
        <Alert
          banner
          className="banner"
          type="error"
          title={t('banner.unreachable', { clusters: names(lost) })}
        />
      )}
      {data.preparing && preparing && (
        <Alert
          banner
          className="banner"
          type="info"
          title={
            <span style={{ display: 'flex', alignItems: 'center', gap: 16 }}>
              <span className="nowrap">{t(`banner.preparing.${data.preparing.step}`)}</span>
              <Progress
                style={{ maxWidth: 320, margin: 0 }}
                aria-label={t(`banner.preparing.${data.preparing.step}`)}
                percent={percentOf(data.preparing)}
                size="small"
                status="active"
                showInfo={false}
              />
              <span className="faint nowrap">
                {data.preparing.total > 0 &&
                  t('banner.progress', {
                    done: number(data.preparing.done),
                    total: number(data.preparing.total),
                  })}
              </span>
            </span>
          }
        />
      )}
    </>
  );
}

function percentOf({ done, total }: { done: number; total: number }): number {
  return total > 0 ? Math.min(100, Math.floor((100 * done) / total)) : 0;
}
