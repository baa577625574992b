import { useQuery } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ViewTable } from '@/features/ranking/ViewTable';
import { api } from '@/shared/api/http';
import { ScopeSelect } from '@/features/ranking/ScopeSelect';
import { useRankingMonths } from '@/shared/api/queries';
import type { PolicyOutcome, PolicyTrial } from '@/shared/api/policies';
import type { PolicyOfRanking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useReason } from '@/shared/i18n/useReason';
import { ExportMenu } from '@/shared/list/ExportMenu';
import { Loaded } from '@/shared/ui/Loaded';
import { GradeTag } from '@/shared/ui/tags';

/** A past month as it is, beside what it would be under a version. */
export function TrialDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const months = useRankingMonths();
  const [chosen, setChosen] = useState<string>();
  const [pool, setPool] = useState('all');
  const month = chosen ?? months.data?.items[0]?.month;
  const query = useQuery({
    queryKey: ['/ranking-policies', id, 'trial', month, pool],
    queryFn: ({ signal }) =>
      api<PolicyTrial>(`/ranking-policies/${id}/trial`, { query: { month, pool }, signal }),
    enabled: month !== undefined,
  });
  return (
    <Modal open width={860} title={t('policy.tryTitle', { id })} footer={null} onCancel={onClose}>
      <div className="filters">
        <Select
          aria-label={t('ranking.month')}
          style={{ width: 160 }}
          value={month ?? null}
          onChange={(value) => value && setChosen(value)}
          options={(months.data?.items ?? []).map((one) => ({
            value: one.month,
            label: format.month(one.month),
          }))}
        />
        <ScopeSelect value={pool} onChange={setPool} />
        {month && (
          <ExportMenu
            path={`/ranking-policies/${id}/trial/export`}
            query={{ month, pool }}
            name={`trial-${id}`}
            disabled={!query.data}
          />
        )}
      </div>
      <Loaded query={query} rows={10}>
        {({ items, policyThen, policy, changed, counts }) => (
          <div className="stack">
            <span>
              {t('policy.rankingTrial', {
                units: format.number(items.length),
                changed: format.number(changed),
              })}
            </span>
            <ViewTable
              name={t('policy.grades')}
              rows={counts}
              rowKey={({ grade }) => grade ?? ''}
              columns={[
                {
                  key: 'grade',
                  title: t('ranking.grade'),
                  render: (x) => (x.grade ? <GradeTag grade={x.grade} /> : t('ranking.notRanked')),
                },
                {
                  key: 'then',
                  title: t('policy.then', { id: policyThen.id }),
                  figure: true,
                  width: 220,
                  render: (x) => format.number(x.then),
                },
                {
                  key: 'now',
                  title: t('policy.now', { id }),
                  figure: true,
                  width: 220,
                  render: (x) => format.number(x.now),
                },
              ]}
            />
            <ViewTable
              name={t('policy.try')}
              rows={items}
              rowKey={({ unit }) => unit.id}
              columns={[
                { key: 'unit', title: t('ranking.unit'), render: (x) => x.unit.name },
                {
                  key: 'then',
                  title: t('policy.then', { id: policyThen.id }),
                  width: 220,
                  render: (x) => <OutcomeText outcome={x.then} policy={policyThen} />,
                },
                {
                  key: 'now',
                  title: t('policy.now', { id }),
                  width: 220,
                  render: (x) => <OutcomeText outcome={x.now} policy={policy} />,
                },
              ]}
            />
          </div>
        )}
      </Loaded>
    </Modal>
  );
}

function OutcomeText({ outcome, policy }: { outcome: PolicyOutcome; policy: PolicyOfRanking }) {
  const { t } = useTranslation();
  const why = useReason();
  if (outcome.rank === null || outcome.grade === null) {
    return (
      <span className="faint">
        {outcome.reasons
          .map((reason) => why('reason', reason, policy.evidence))
          .join(t('common.list')) || t('common.none')}
      </span>
    );
  }
  return (
    <>
      {t('ranking.place', { rank: outcome.rank })} · {outcome.score}{' '}
      <GradeTag grade={outcome.grade} />
    </>
  );
}
