import { useQuery } from '@tanstack/react-query';
import { Card, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '@/shared/api/http';
import type { Application } from '@/shared/api/applications';
import type { Page } from '@/shared/api/types';
import { amountsLine } from '@/features/applications/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { ApplicationStateTag } from '@/shared/ui/tags';

/** What waits for this approver; for everybody else the latest applications. */
export function ApplicationsCard({ inbox }: { inbox: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const path = inbox ? '/applications/inbox' : '/applications';
  const query = inbox ? { sort: 'enteredAt' } : { sort: '-submittedAt' };
  const latest = useQuery({
    queryKey: ['/applications', 'latest', path, query],
    queryFn: ({ signal }) =>
      api<Page<Application>>(path, { query: { ...query, limit: 6 }, signal }),
  });
  return (
    <Card
      title={inbox ? t('overview.inbox') : t('overview.latest')}
      extra={
        <Link to={inbox ? '/applications?inbox=true' : '/applications'}>{t('common.viewAll')}</Link>
      }
    >
      <Loaded query={latest}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={inbox ? t('overview.noInbox') : t('overview.noApplications')}
            />
          ) : (
            <ul className="rows">
              {items.map((one) => (
                <li key={one.id}>
                  <div className="grow">
                    <div>
                      <Link to={`/applications/${one.id}`}>{one.system.name}</Link>
                      <span className="faint"> {one.unit.name}</span>
                    </div>
                    <div className="faint">
                      {one.number} · {amountsLine(one.amounts, format)}
                    </div>
                  </div>
                  <ApplicationStateTag state={one.state} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
