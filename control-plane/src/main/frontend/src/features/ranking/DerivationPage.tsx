import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '@/shared/api/http';
import type { HostShare, NotRankedUnit, PolicyOfRanking, Ranking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useReason } from '@/shared/i18n/useReason';
import { Count } from '@/shared/ui/Count';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useSearch } from '@/shared/ui/useSearch';
import { HostShares } from './HostShares';
import { ALL, isIn, ScopeSelect } from './ScopeSelect';
import { ScoreParts } from './ScoreParts';
import { ShareSums } from './ShareSums';
import { UnitHours } from './UnitHours';
import { VersionSelect } from './VersionSelect';

const HOSTS = 'hosts';
const HOURS = 'hours';

/** What a unit's place is made of: the parts of its score, and its hosts; or why it has none. */
export function DerivationPage() {
  const { t } = useTranslation();
  const { month: monthName } = useFormat();
  const { month = '', id = '' } = useParams();
  const [search, set] = useSearch();
  const pool = search.get('pool') ?? ALL;
  const version = search.get('version') ?? '';
  const system = search.get('system') ?? '';
  const ranking = useQuery({
    queryKey: ['rankings', month, 'SCORE', pool, version],
    queryFn: ({ signal }) =>
      api<Ranking>(`/rankings/${month}`, { query: { pool, version }, signal }),
  });
  const hosts = useQuery({
    queryKey: ['rankings', month, 'units', id, system, version],
    queryFn: ({ signal }) =>
      api<{ policy: PolicyOfRanking; items: HostShare[] }>(`/rankings/${month}/units/${id}/hosts`, {
        query: { version, system },
        signal,
      }),
  });
  const ranked = ranking.data?.ranked.find(({ unit }) => unit.id === id);
  const notRanked = ranking.data?.notRanked.find(({ unit }) => unit.id === id);
  const name = ranked?.unit.name ?? notRanked?.unit.name ?? hosts.data?.items[0]?.unit.name ?? '';
  return (
    <>
      <PageHead
        title={t('ranking.derivationOf', { name })}
        back={`/rankings?month=${month}${version && `&version=${version}`}`}
        note={monthName(month)}
      />
      <div className="stack">
        <div className="filters">
          <ScopeSelect value={pool} onChange={(value) => set('pool', value)} />
          <VersionSelect
            month={month}
            value={version}
            onChange={(value) => set('version', value)}
          />
          {system && (
            <Tag closable onClose={() => set('system', '')}>
              {t('ranking.onlySystem', {
                system: hosts.data?.items[0]?.system.name ?? t('common.none'),
              })}
            </Tag>
          )}
        </div>
        {ranked && <ScoreParts unit={ranked} />}
        {ranking.data && notRanked && <WhyNot unit={notRanked} policy={ranking.data.policy} />}
        <Card>
          <Tabs
            activeKey={search.get('tab') === HOURS ? HOURS : HOSTS}
            onChange={(tab) => set('tab', tab === HOSTS ? '' : tab, 'sort')}
            items={[
              {
                key: HOSTS,
                label: t('ranking.derivation'),
                children: (
                  <Loaded query={hosts}>
                    {({ policy, items }) => {
                      const shares = items.filter((host) => isIn(pool, host.pool));
                      return (
                        <div className="stack">
                          <ShareSums hosts={shares} />
                          <HostShares
                            month={month}
                            version={version}
                            policy={policy}
                            hosts={shares}
                          />
                        </div>
                      );
                    }}
                  </Loaded>
                ),
              },
              {
                key: HOURS,
                label: t('ranking.unitHours'),
                children: <UnitHours month={month} unit={id} />,
              },
            ]}
          />
        </Card>
      </div>
    </>
  );
}

function WhyNot({ unit, policy }: { unit: NotRankedUnit; policy: PolicyOfRanking }) {
  const { t } = useTranslation();
  const why = useReason();
  const { number, percent } = useFormat();
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t('ranking.notRanked')}
        description={unit.reasons.map((reason) => (
          <Tag key={reason}>{why('reason', reason, policy.evidence)}</Tag>
        ))}
      />
      <div className="counts">
        <Count
          title={t('ranking.measuredHosts')}
          value={`${number(unit.measuredHosts)} / ${number(unit.hosts)}`}
        />
        <Count title={t('ranking.coverage')} value={percent(unit.coverage)} />
        <Count title={t('ranking.cpu')} value={percent(unit.cpu)} />
        <Count title={t('ranking.memory')} value={percent(unit.memory)} />
        <Count title={t('ranking.disk')} value={percent(unit.disk)} />
      </div>
    </>
  );
}
