import { useQuery } from '@tanstack/react-query';
import { Button, Card, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ViewTable } from '@/features/ranking/ViewTable';
import { api } from '@/shared/api/http';
import { useMay } from '@/shared/api/queries';
import type { PolicyVersion } from '@/shared/api/ranking';
import { DecideButtons } from '@/shared/ui/DecideButtons';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { ProposeDialog } from './ProposeDialog';
import { TrialDialog } from './TrialDialog';

const STATE = { PROPOSED: 'blue', APPROVED: 'green', REJECTED: 'red' } as const;

/** The versions of the ranking's policy: proposed by one, tried, approved by another. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [proposing, setProposing] = useState(false);
  const [tried, setTried] = useState<string>();
  const query = useQuery({
    queryKey: ['ranking-policies'],
    queryFn: ({ signal }) => api<{ items: PolicyVersion[] }>('/ranking-policies', { signal }),
  });
  const newest = query.data?.items.find(({ state }) => state === 'APPROVED');
  return (
    <>
      <PageHead title={t('policy.title')}>
        {may('POLICY_PROPOSE') && newest && (
          <Button type="primary" onClick={() => setProposing(true)}>
            {t('policy.propose')}
          </Button>
        )}
      </PageHead>
      <Card>
        <Loaded query={query}>
          {({ items }) => (
            <ViewTable
              name={t('policy.title')}
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                {
                  key: 'id',
                  title: t('policy.id'),
                  width: 130,
                  render: (x) => <span className="code">{x.id}</span>,
                },
                {
                  key: 'from',
                  title: t('policy.effectiveFrom'),
                  width: 120,
                  render: (x) => <span className="nowrap">{x.effectiveFrom}</span>,
                },
                { key: 'basis', title: t('policy.basis'), width: 240, render: (x) => x.basis },
                {
                  key: 'bands',
                  title: t('policy.bands'),
                  width: 170,
                  render: (x) =>
                    t('policy.bandsText', {
                      cpu: `${x.cpu.low}–${x.cpu.high}`,
                      memory: `${x.memory.low}–${x.memory.high}`,
                      disk: `${x.disk.low}–${x.disk.high}`,
                    }),
                },
                {
                  key: 'proposedBy',
                  title: t('policy.proposedBy'),
                  width: 100,
                  render: (x) => x.proposedBy?.name ?? t('common.platform'),
                },
                {
                  key: 'approvedBy',
                  title: t('policy.approvedBy'),
                  width: 100,
                  render: (x) => x.approvedBy ?? t('common.none'),
                },
                {
                  key: 'state',
                  title: t('policy.stateLabel'),
                  width: 90,
                  render: (x) => <Tag color={STATE[x.state]}>{t(`policy.state.${x.state}`)}</Tag>,
                },
                {
                  key: 'actions',
                  title: '',
                  width: 200,
                  render: (x) => <Actions version={x} onTry={() => setTried(x.id)} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
      {proposing && newest && <ProposeDialog start={newest} onClose={() => setProposing(false)} />}
      {tried && <TrialDialog id={tried} onClose={() => setTried(undefined)} />}
    </>
  );
}

function Actions({ version, onTry }: { version: PolicyVersion; onTry: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Space wrap>
      {may('POLICY_PROPOSE') && (
        <Button type="link" onClick={onTry}>
          {t('policy.try')}
        </Button>
      )}
      <DecideButtons
        path={`/ranking-policies/${version.id}`}
        open={version.state === 'PROPOSED'}
        author={version.proposedBy?.id}
        needs="POLICY_APPROVE"
        approve={t('policy.approve')}
        reject={t('policy.reject')}
      />
    </Space>
  );
}
