import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '@/shared/api/http';
import type { HostShare, Ranking } from '@/shared/api/ranking';
import { useFormat } from '@/shared/format/useFormat';
import { Count } from '@/shared/ui/Count';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHead } from '@/shared/ui/PageHead';
import { HostShares } from './HostShares';

const PARTS = ['cpu', 'memory', 'disk', 'idle'] as const;

/** What a unit's place is made of: the parts of its score, and its hosts. */
export function DerivationPage() {
  const { t } = useTranslation();
  const { decimal, month: monthName } = useFormat();
  const { month = '', id = '' } = useParams();
  const ranking = useQuery({
    queryKey: ['rankings', month, 'SCORE', 'all'],
    queryFn: ({ signal }) => api<Ranking>(`/rankings/${month}`, { signal }),
  });
  const hosts = useQuery({
    queryKey: ['rankings', month, 'units', id],
    queryFn: ({ signal }) =>
      api<{ items: HostShare[] }>(`/rankings/${month}/units/${id}/hosts`, { signal }),
  });
  const ranked = ranking.data?.ranked.find(({ unit }) => unit.id === id);
  const name = ranked?.unit.name ?? hosts.data?.items[0]?.unit.name ?? '';
  return (
    <>
      <PageHead
        title={t('ranking.derivationOf', { name })}
        back={`/rankings?month=${month}`}
        note={monthName(month)}
      />
      <div className="stack">
        {ranked && (
          <div className="counts">
            <Count
              title={t('ranking.score')}
              value={decimal(ranked.score)}
              note={t('ranking.place', { rank: ranked.rank })}
            />
            {PARTS.map((part) => (
              <Count
                key={part}
                title={t(`ranking.part.${part}`)}
                value={decimal(ranked.parts?.[part] ?? null)}
              />
            ))}
          </div>
        )}
        <Card title={t('ranking.derivation')}>
          <Loaded query={hosts}>{({ items }) => <HostShares month={month} hosts={items} />}</Loaded>
        </Card>
      </div>
    </>
  );
}
