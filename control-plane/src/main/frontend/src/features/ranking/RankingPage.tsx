import { DownloadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Segmented, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, download } from '@/shared/api/http';
import { useMay, usePools, useRankingMonths } from '@/shared/api/queries';
import type { Board, Ranking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { useKnown } from '@/shared/i18n/useKnown';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { useTell } from '@/shared/ui/useTell';
import { CitiesTab } from './CitiesTab';
import { ComparisonTab } from './ComparisonTab';
import { ExcludedTab } from './ExcludedTab';
import { LowestTab } from './LowestTab';
import { NotRankedTable } from './NotRankedTable';
import { RankedTable } from './RankedTable';
import { RankingCharts } from './RankingCharts';
import { ReconciliationTab } from './ReconciliationTab';
import { ReportCard } from './ReportCard';
import { SummaryView } from './SummaryView';
import { SystemsTab } from './SystemsTab';

const BOARDS: Board[] = ['SCORE', 'CPU', 'MEMORY'];
const ALL = 'all';

/** The month's ranking of units by use: chart, ranks, parts of the score, and who is not ranked. */
export function RankingPage() {
  const { t } = useTranslation();
  const months = useRankingMonths();
  const [search, setSearch] = useSearchParams();
  const latest = months.data?.items
    .map(({ month }) => month)
    .sort()
    .at(-1);
  const month = search.get('month') ?? latest ?? '';
  const board = BOARDS.find((one) => one === search.get('board')) ?? 'SCORE';
  const pool = search.get('pool') ?? ALL;
  const ranking = useQuery({
    queryKey: ['rankings', month, board, pool],
    queryFn: ({ signal }) => api<Ranking>(`/rankings/${month}`, { query: { board, pool }, signal }),
    enabled: month !== '',
    placeholderData: keepPreviousData,
  });
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        after.set(name, value);
        return after;
      },
      { replace: true },
    );

  return (
    <>
      <PageHead title={t('ranking.title')}>
        {month && <ExportButton month={month} board={board} pool={pool} />}
      </PageHead>
      <Choices
        months={months.data?.items.map((one) => one.month) ?? []}
        month={month}
        board={board}
        pool={pool}
        onChange={set}
      />
      {months.isSuccess && month === '' ? (
        <Card>
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('ranking.noMonths')} />
        </Card>
      ) : (
        <Loaded query={ranking} rows={12}>
          {(data) => <Result ranking={data} />}
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
  onChange,
}: {
  months: string[];
  month: string;
  board: Board;
  pool: string;
  onChange: (name: string, value: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const pools = usePools();
  const known = useKnown();
  // Each zone over its pools, each family over its zones.
  const parts = (pools.data?.items ?? []).map(({ id }) => id.split('-') as [string, string]);
  const scopes = [
    ...[...new Set(parts.map(([zone]) => zone))].map((zone) => ({
      value: `zone:${zone}`,
      label: format.zone(zone),
    })),
    ...[...new Set(parts.map(([, family]) => family))].map((family) => ({
      value: `family:${family}`,
      label: known(`processor.${family}`, family),
    })),
  ];
  return (
    <div className="filters">
      <Select
        aria-label={t('ranking.month')}
        style={{ width: 150 }}
        value={month || null}
        placeholder={t('ranking.month')}
        onChange={(value) => value && onChange('month', value)}
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
      <Select
        aria-label={t('ranking.pool')}
        style={{ width: 250 }}
        value={pool}
        onChange={(value) => onChange('pool', value)}
        options={[
          { value: ALL, label: t('ranking.allPools') },
          ...scopes,
          ...(pools.data?.items ?? []).map(({ id }) => ({ value: id, label: format.pool(id) })),
        ]}
      />
    </div>
  );
}

function Result({ ranking }: { ranking: Ranking }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="stack">
      <SummaryView summary={ranking.summary} />
      {ranking.ranked.length > 0 && <RankingCharts board={ranking.board} ranked={ranking.ranked} />}
      <Card>
        <Tabs
          items={[
            {
              key: 'ranked',
              label: t('ranking.rankedCount', { count: ranking.ranked.length }),
              children: <RankedTable ranking={ranking} />,
            },
            {
              key: 'notRanked',
              label: t('ranking.notRankedCount', { count: ranking.notRanked.length }),
              children: <NotRankedTable units={ranking.notRanked} />,
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
              children: <ExcludedTab month={ranking.month} />,
            },
            {
              key: 'reconciliation',
              label: t('ranking.reconciliation'),
              children: <ReconciliationTab month={ranking.month} />,
            },
            {
              key: 'published',
              label: t('ranking.published'),
              children: <ReportCard month={ranking.month} />,
            },
          ]}
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

function ExportButton({ month, board, pool }: { month: string; board: Board; pool: string }) {
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
          { board, pool, format: 'xlsx' },
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
