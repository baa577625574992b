import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DatePicker, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { StoodAt } from '@/shared/api/quota';
import { byResource } from '@/shared/format/amounts';
import { instantOf } from '@/shared/format/beijing';
import { useFormat } from '@/shared/format/useFormat';
import { ErrorView } from '@/shared/ui/ErrorView';

/** What a node held at one moment of the past, and its limits then. */
export function HeldAtView({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [at, setAt] = useState<string | null>(null);
  const held = useQuery({
    queryKey: ['/quota/nodes', 'held', id, at],
    queryFn: ({ signal }) => api<StoodAt>(`/quota/nodes/${id}/held`, { query: { at }, signal }),
    placeholderData: keepPreviousData,
  });
  if (held.isError) {
    return <ErrorView error={held.error} retry={() => void held.refetch()} />;
  }
  const { held: amounts = {}, limits = {} } = held.data ?? {};
  const codes = [...new Set([...Object.keys(amounts), ...Object.keys(limits)])].sort(byResource);
  /** What it was promised and what it could not exceed. */
  const limit = (code: string) => {
    const one = limits[code];
    return one === undefined
      ? null
      : t('held.limits', {
          guaranteed: format.amount(code, one.guaranteed),
          ceiling: one.ceiling === null ? t('quota.noCeiling') : format.amount(code, one.ceiling),
        });
  };
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
      ) : codes.length === 0 ? (
        <span className="faint">{t('held.nothing')}</span>
      ) : (
        <dl>
          {codes.map((code) => (
            <div key={code}>
              <dt>{format.resource(code)}</dt>
              <dd>
                {format.amount(code, amounts[code] ?? 0)}
                {limits[code] && <div className="below">{limit(code)}</div>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
