import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useMe } from '@/shared/api/queries';
import type { Permission } from '@/shared/api/types';
import { PageHead } from '@/shared/ui/PageHead';
import { ApplicationsCard } from './ApplicationsCard';
import { CountRow } from './CountRow';
import { PoolsCard } from './PoolsCard';
import { RankingCard } from './RankingCard';

/** Whoever decides something sees first what waits for him. */
const DECIDING: Permission[] = [
  'APPLICATION_ENDORSE',
  'APPLICATION_REVIEW',
  'APPLICATION_ADVISE',
  'APPLICATION_APPROVE',
];

/** The first page: what this person's role has to know and to do. */
export function OverviewPage() {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay();
  const decides = DECIDING.some(may);
  return (
    <>
      <PageHead
        title={t('overview.title')}
        note={me.data && t('overview.greeting', { name: me.data.name })}
      >
        {may('APPLICATION_SUBMIT') && (
          <Link to="/applications/new">
            <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
              {t('application.new')}
            </Button>
          </Link>
        )}
      </PageHead>
      <div className="stack">
        <CountRow />
        <div className="grid-2">
          <div className="stack">
            {may('APPLICATION_READ') && <ApplicationsCard inbox={decides} />}
            {may('RANKING_READ') && <RankingCard />}
          </div>
          {may('POOL_READ') && <PoolsCard />}
        </div>
      </div>
    </>
  );
}
