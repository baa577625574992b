import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ViewTable } from '@/features/ranking/ViewTable';
import { api } from '@/shared/api/http';
import type { VerdictTrial } from '@/shared/api/policies';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { Loaded } from '@/shared/ui/Loaded';

/** The last day that was judged, beside what would be said of it by a version over its own days. */
export function VerdictTrialDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const known = useKnown();
  const { number } = useFormat();
  const query = useQuery({
    queryKey: ['/verdict-policies', id, 'trial'],
    queryFn: ({ signal }) => api<VerdictTrial>(`/verdict-policies/${id}/trial`, { signal }),
  });
  return (
    <Modal open width={640} title={t('policy.tryTitle', { id })} footer={null} onCancel={onClose}>
      <Loaded query={query} rows={6}>
        {({ items, from, day, policyThen, hosts, changed }) => (
          <>
            <div className="filters">
              <span>
                {t('policy.verdictTrial', {
                  from,
                  day,
                  hosts: number(hosts),
                  changed: number(changed),
                })}
              </span>
              <ExportMenu
                path={`/verdict-policies/${id}/trial/export`}
                query={{}}
                name={`trial-${id}`}
              />
            </div>
            <ViewTable
              name={t('policy.try')}
              rows={items}
              rowKey={({ verdict }) => verdict}
              columns={[
                {
                  key: 'verdict',
                  title: t('verdict.kindLabel'),
                  render: (x) => known(`verdict.kind.${x.verdict}`, x.verdict),
                },
                {
                  key: 'then',
                  title: t('policy.then', { id: policyThen }),
                  figure: true,
                  width: 160,
                  render: (x) => number(x.then),
                },
                {
                  key: 'now',
                  title: t('policy.now', { id }),
                  figure: true,
                  width: 160,
                  render: (x) => number(x.now),
                },
              ]}
            />
          </>
        )}
      </Loaded>
    </Modal>
  );
}
