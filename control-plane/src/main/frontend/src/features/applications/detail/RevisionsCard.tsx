import { useQuery } from '@tanstack/react-query';
import { Card, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, Item } from '@/shared/api/applications';
import { api } from '@/shared/api/http';
import { Loaded } from '@/shared/ui/Loaded';
import { ItemText } from '../ItemText';
import { HeadDifferences, type RevisionHead } from './HeadDifferences';

interface Revision {
  revision: number;
  items: Item[];
  /** Null of one that was overwritten before that was kept. */
  head: RevisionHead | null;
}

/** What this revision asks for, beside what an earlier one did: what was returned has its reasons. */
export function RevisionsCard({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { id, revision } = application;
  const [chosen, setChosen] = useState(revision - 1);
  const revisions = useQuery({
    queryKey: ['/applications', id, 'revisions', revision],
    queryFn: ({ signal }) =>
      api<{ items: Revision[] }>(`/applications/${id}/revisions`, { signal }),
    enabled: revision > 1,
  });
  if (revision < 2) {
    return null;
  }
  const name = (number: number) => t('detail.revision', { revision: number });
  return (
    <Card
      title={t('detail.compared', { with: name(chosen) })}
      extra={
        <Select
          size="small"
          aria-label={t('detail.comparedWith')}
          value={chosen}
          onChange={setChosen}
          options={Array.from({ length: revision - 1 }, (_, at) => ({
            value: at + 1,
            label: name(at + 1),
          }))}
        />
      }
    >
      <Loaded query={revisions}>
        {({ items }) => {
          const of = (number: number) => items.find((one) => one.revision === number);
          const before = of(chosen);
          const after = of(revision);
          return (
            <>
              {before && after && <HeadDifferences before={before.head} after={after.head} />}
              <Differences before={before?.items ?? []} after={after?.items ?? []} />
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Differences({ before, after }: { before: Item[]; after: Item[] }) {
  const { t } = useTranslation();
  const rows = differences(before, after);
  return (
    <ul className="rows">
      {rows.map(({ item, change }, at) => (
        <li key={at}>
          {change === 'GONE' && <Tag color="red">{t('detail.change.GONE')}</Tag>}
          {change === 'NEW' && <Tag color="green">{t('detail.change.NEW')}</Tag>}
          <ItemText item={item} />
        </li>
      ))}
    </ul>
  );
}

type Change = 'SAME' | 'NEW' | 'GONE';

/** As often as an item stands in both it is the same; the rest is gone or new. */
function differences(before: Item[], after: Item[]): { item: Item; change: Change }[] {
  const left = before.map((item) => JSON.stringify(item));
  const kept = after.map((item) => {
    const at = left.indexOf(JSON.stringify(item));
    if (at >= 0) {
      left.splice(at, 1);
    }
    return { item, change: at >= 0 ? ('SAME' as const) : ('NEW' as const) };
  });
  const gone = left.map((text) => ({ item: JSON.parse(text) as Item, change: 'GONE' as const }));
  return [...gone, ...kept];
}
