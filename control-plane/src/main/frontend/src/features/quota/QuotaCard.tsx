import { useQuery } from '@tanstack/react-query';
import { Card, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, usePools } from '@/shared/api/queries';
import type { BusinessSystem } from '@/shared/api/types';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { quotaQuery } from './quotaQuery';
import { QuotaTable } from './QuotaTable';

/** The quota of a system in a pool of its zone, with every level it comes from. */
export function QuotaCard({ system }: { system: BusinessSystem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const pools = usePools();
  const [chosen, setChosen] = useState<string | null>(null);
  const own = (pools.data?.items ?? []).filter(({ zone }) => zone === system.zone);
  const preferred = own.find(
    ({ processor }) => (processor.toLowerCase() === 'domestic') === system.xinchuangRequired,
  );
  const pool = chosen ?? preferred?.id ?? own[0]?.id ?? '';
  const quota = useQuery({ ...quotaQuery(system.id, pool), enabled: pool !== '' });
  return (
    <Card
      title={t('quota.title')}
      extra={
        <Select
          aria-label={t('application.pool')}
          style={{ width: 240 }}
          value={pool || null}
          onChange={setChosen}
          options={own.map(({ id }) => ({ value: id, label: format.pool(id) }))}
        />
      }
    >
      {pools.isSuccess && own.length === 0 ? (
        <QuotaTable path={[]} />
      ) : (
        <Loaded query={quota}>
          {({ path }) => (
            <>
              <QuotaTable path={path} />
              {may('QUOTA_READ') && path.at(-1)?.node.kind === 'SYSTEM' && (
                <div style={{ marginTop: 12 }}>
                  <Link to={`/quota/${path.at(-1)?.node.id ?? ''}`}>{t('quota.openNode')}</Link>
                </div>
              )}
            </>
          )}
        </Loaded>
      )}
    </Card>
  );
}
