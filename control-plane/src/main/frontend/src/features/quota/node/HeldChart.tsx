import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/shared/api/http';
import type { HeldAt } from '@/shared/api/quota';
import { useFormat } from '@/shared/format/useFormat';
import { Loaded } from '@/shared/ui/Loaded';
import { drawSteps, type Point } from './chart';

/** What a node held over the time chosen, or over the last 30 days. */
export function HeldChart({
  id,
  resource,
  range,
}: {
  id: string;
  resource: string;
  range: { from?: string; to?: string };
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const series = useQuery({
    queryKey: ['/quota/nodes', 'series', id, range],
    queryFn: ({ signal }) =>
      api<{ points: HeldAt[] }>(`/quota/nodes/${id}/held/series`, {
        query: { ...range, points: 46 },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={series} rows={5}>
      {({ points }) => {
        const drawn = points.map(({ at, held }) => ({
          at: format.time(at),
          value: held[resource] ?? 0,
          text: format.amount(resource, held[resource] ?? 0),
        }));
        const last = drawn.at(-1);
        return (
          <div>
            <div className="bar-head">
              <strong>{t('held.chart', { resource: format.resource(resource) })}</strong>
              <span className="faint">{t('held.chartNote')}</span>
            </div>
            <Chart
              points={drawn}
              words={t('held.chartWords', {
                resource: format.resource(resource),
                from: drawn[0]?.at ?? '',
                first: drawn[0]?.text ?? '',
                to: last?.at ?? '',
                last: last?.text ?? '',
              })}
              scale={format.amount(resource, Math.max(...drawn.map(({ value }) => value)))}
            />
          </div>
        );
      }}
    </Loaded>
  );
}

function Chart({ points, words, scale }: { points: Point[]; words: string; scale: string }) {
  const element = useRef<HTMLDivElement>(null);
  const content = JSON.stringify(points);
  useEffect(() => {
    const canvas = element.current;
    return canvas
      ? drawSteps(
          canvas,
          JSON.parse(content) as Point[],
          scale,
          getComputedStyle(canvas).fontFamily,
        )
      : undefined;
  }, [content, scale]);
  return <div ref={element} role="img" aria-label={words} style={{ width: '100%', height: 200 }} />;
}
