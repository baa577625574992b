import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DatePicker, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { HeldAt } from '@/shared/api/quota';
import { byResource } from '@/shared/format/amounts';
import { useFormat } from '@/shared/format/useFormat';
import { ErrorView } from '@/shared/ui/ErrorView';
import { instantOf } from './moments';

/** What a node held at one moment of the past. */
export function HeldAtView({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [at, setAt] = useState<string | null>(null);
  const held = useQuery({
    queryKey: ['/quota/nodes', 'held', id, at],
    queryFn: ({ signal }) => api<HeldAt>(`/quota/nodes/${id}/held`, { query: { at }, signal }),
    placeholderData: keepPreviousData,
  });
  if (held.isError) {
    return <ErrorView error={held.error} retry={() => void held.refetch()} />;
  }
  const entries = Object.entries(held.data?.held ?? {}).sort(([a], [b]) => byResource(a, b));
  return (
    <div className="held-at">
      <span>{t('held.at')}</span>
      <DatePicker
        aria-label={t('held.at')}
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        placeholder={t('held.now')}
        onChange={(picked) => setAt(picked ? instantOf(picked) : null)}
      />
      {held.isPending ? (
        <Skeleton.Input active size="small" />
      ) : entries.length === 0 ? (
        <span className="faint">{t('held.nothing')}</span>
      ) : (
        <dl>
          {entries.map(([resource, amount]) => (
            <div key={resource}>
              <dt>{format.resource(resource)}</dt>
              <dd>{format.amount(resource, amount)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
