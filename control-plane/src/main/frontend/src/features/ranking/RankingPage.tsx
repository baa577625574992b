import { DownloadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Segmented, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, download } from '@/shared/api/http';
import { useMay, useRankingMonths } from '@/shared/api/queries';
import type { Board, Ranking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useSearch } from '@/shared/ui/useSearch';
import { useTell } from '@/shared/ui/useTell';
import { CitiesTab } from './CitiesTab';
import { CityFilter, liesIn } from './CityFilter';
import { ComparisonTab } from './ComparisonTab';
import { ExcludedTab } from './ExcludedTab';
import { LowestTab } from './LowestTab';
import { NotRankedTable } from './NotRankedTable';
import { RankedTable } from './RankedTable';
import { RankingCharts } from './RankingCharts';
import { ReconciliationTab } from './ReconciliationTab';
import { RecomputeButton } from './RecomputeButton';
import { ReportCard } from './ReportCard';
import { ALL, ScopeSelect } from './ScopeSelect';
import { SummaryView } from './SummaryView';
import { SystemsTab } from './SystemsTab';
import { type Shown, VersionSelect } from './VersionSelect';

const RANKED = 'ranked';
const BOARDS: Board[] = ['SCORE', 'CPU', 'MEMORY'];

/** The month's ranking of units by use: chart, ranks, parts of the score, and who is not ranked. */
export function RankingPage() {
  const { t } = useTranslation();
  const months = useRankingMonths();
  const [search, set] = useSearch();
  const latest = months.data?.items
    .map(({ month }) => month)
    .sort()
    .at(-1);
  const month = search.get('month') ?? latest ?? '';
  const board = BOARDS.find((one) => one === search.get('board')) ?? 'SCORE';
  const pool = search.get('pool') ?? ALL;
  const version = search.get('version') ?? '';
  const ranking = useQuery({
    queryKey: ['rankings', month, board, pool, version],
    queryFn: ({ signal }) =>
      api<Ranking>(`/rankings/${month}`, {
        query: { board, pool, version },
        signal,
      }),
    enabled: month !== '',
    placeholderData: keepPreviousData,
  });

  return (
    <>
      <PageHead title={t('ranking.title')}>
        {months.data?.items.some((one) => one.month === month && one.version === null) && (
          <RecomputeButton month={month} />
        )}
        {month && <ExportButton month={month} board={board} pool={pool} version={version} />}
      </PageHead>
      <Choices
        months={months.data?.items.map((one) => one.month) ?? []}
        month={month}
        board={board}
        pool={pool}
        version={version}
        onChange={set}
      />
      {months.isSuccess && month === '' ? (
        <Card>
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ranking.noMonths')} />
        </Card>
      ) : (
        <Loaded query={ranking} rows={12}>
          {(data) => <Result ranking={{ ...data, version }} />}
        </Loaded>
      )}
    </>
  );
}

function Choices({
  months,
  month,
  board,
  pool,
  version,
  onChange,
}: {
  months: string[];
  month: string;
  board: Board;
  pool: string;
  version: string;
  onChange: (name: string, value: string, ...gone: string[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="filters">
      <Select
        aria-label={t('ranking.month')}
        style={{ width: 150 }}
        value={month || null}
        placeholder={t('ranking.month')}
        // Another month has versions of its own.
        onChange={(value) => value && onChange('month', value, 'version')}
        options={months
          .toSorted()
          .reverse()
          .map((one) => ({ value: one, label: format.month(one) }))}
      />
      <Segmented<Board>
        aria-label={t('ranking.board')}
        value={board}
        onChange={(value) => onChange('board', value)}
        options={BOARDS.map((one) => ({ value: one, label: t(`ranking.boards.${one}`) }))}
      />
      <ScopeSelect value={pool} onChange={(value) => onChange('pool', value)} />
      <VersionSelect
        month={month}
        value={version}
        onChange={(value) => onChange('version', value)}
      />
    </div>
  );
}

function Result({ ranking }: { ranking: Shown }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [search, set] = useSearch();
  const city = search.get('city') ?? '';
  // A filter is a view: ranks stay what they are.
  const here = ({ region }: { region: string }) => city === '' || liesIn(region, city);
  const ranked = ranking.ranked.filter(here);
  const notRanked = ranking.notRanked.filter(here);
  const tabs = [
    {
      key: RANKED,
      label: t('ranking.rankedCount', { count: ranked.length }),
      children: <RankedTable ranking={{ ...ranking, ranked }} />,
    },
    {
      key: 'notRanked',
      label: t('ranking.notRankedCount', { count: notRanked.length }),
      children: <NotRankedTable {...ranking} notRanked={notRanked} />,
    },
    { key: 'lowest', label: t('ranking.lowest'), children: <LowestTab {...ranking} /> },
    { key: 'systems', label: t('ranking.systems'), children: <SystemsTab {...ranking} /> },
    { key: 'cities', label: t('ranking.cities'), children: <CitiesTab {...ranking} /> },
    {
      key: 'comparison',
      label: t('ranking.comparison'),
      children: <ComparisonTab {...ranking} />,
    },
    {
      key: 'excluded',
      label: t('ranking.excludedTab'),
      children: <ExcludedTab {...ranking} />,
    },
    {
      key: 'reconciliation',
      label: t('ranking.reconciliation'),
      children: <ReconciliationTab {...ranking} />,
    },
    {
      key: 'published',
      label: t('ranking.published'),
      children: <ReportCard month={ranking.month} />,
    },
  ];
  return (
    <div className="stack">
      <SummaryView summary={ranking.summary} />
      {ranking.ranked.length > 0 && <RankingCharts board={ranking.board} ranked={ranking.ranked} />}
      <Card>
        {city && <CityFilter {...ranking} city={city} onClose={() => set('city', '')} />}
        <Tabs
          activeKey={tabs.find(({ key }) => key === search.get('tab'))?.key ?? RANKED}
          onChange={(tab) => set('tab', tab === RANKED ? '' : tab)}
          items={tabs}
        />
        <div className="faint" style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 24px' }}>
          <span>{t('ranking.policy', { id: ranking.policy.id })}</span>
          <span>{t('ranking.basis', { basis: ranking.policy.basis })}</span>
          <span>{t('ranking.computedAt', { time: format.time(ranking.computedAt) })}</span>
          {ranking.excludedHosts > 0 && (
            <span>{t('ranking.excluded', { count: ranking.excludedHosts })}</span>
          )}
        </div>
      </Card>
    </div>
  );
}

function ExportButton({
  month,
  board,
  pool,
  version,
}: Pick<Shown, 'month' | 'board' | 'pool' | 'version'>) {
  const { t } = useTranslation();
  const may = useMay();
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  if (!may('RANKING_EXPORT')) {
    return null;
  }
  return (
    <Button
      icon={<DownloadOutlined />}
      loading={busy}
      onClick={() => {
        setBusy(true);
        download(
          `/rankings/${month}/export`,
          { board, pool, format: 'xlsx', version },
          t('ranking.exportName', { month }),
        )
          .catch(tell.failed)
          .finally(() => setBusy(false));
      }}
    >
      {t('ranking.export')}
    </Button>
  );
}
