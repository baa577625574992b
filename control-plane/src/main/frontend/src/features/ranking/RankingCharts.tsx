import { Card } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, RankedUnit } from '@/shared/api/ranking';
import { Legend } from '@/shared/ui/UsageBar';
import { drawBars, GRADE_COLOR, type Bar } from './chart';
import { lowest, top, valueOf } from './ends';

const ENDS = 10;

/** The first and the last of a board; all of it when it is short. */
export function RankingCharts({ board, ranked }: { board: Board; ranked: RankedUnit[] }) {
  const { t } = useTranslation();
  // One scale for both ends: bars of the last must look as short as they are.
  const most = Math.ceil(Math.max(...ranked.map((one) => Number(valueOf(one, board)))) / 10) * 10;
  if (ranked.length <= 2 * ENDS) {
    return <ChartCard title={t('ranking.chartAll')} board={board} units={ranked} most={most} />;
  }
  return (
    <div className="grid-2">
      <ChartCard
        title={t('ranking.chartTop', { count: ENDS })}
        board={board}
        most={most}
        units={top(ranked, ENDS)}
      />
      <ChartCard
        title={t('ranking.chartBottom', { count: ENDS })}
        board={board}
        most={most}
        units={lowest(ranked, ENDS)}
      />
    </div>
  );
}

function ChartCard({
  title,
  board,
  units,
  most,
}: {
  title: string;
  board: Board;
  units: RankedUnit[];
  most: number;
}) {
  const { t } = useTranslation();
  const bars = units.map((unit) => ({
    name: unit.unit.name,
    value: valueOf(unit, board),
    color: GRADE_COLOR[unit.grade],
  }));
  const words = bars.map(({ name, value }) => `${name} ${value}`).join(t('common.list'));
  return (
    <Card title={title} extra={<span className="faint">{t(`ranking.boards.${board}`)}</span>}>
      <Chart bars={bars} most={most} words={words} />
      <Legend
        entries={(['A', 'B', 'C', 'D'] as const).map((grade) => ({
          text: `${t('ranking.grade')} ${grade}`,
          color: GRADE_COLOR[grade],
        }))}
      />
    </Card>
  );
}

function Chart({ bars, most, words }: { bars: Bar[]; most: number; words: string }) {
  const element = useRef<HTMLDivElement>(null);
  const content = JSON.stringify(bars);
  useEffect(() => {
    const canvas = element.current;
    return canvas
      ? drawBars(canvas, JSON.parse(content) as Bar[], most, getComputedStyle(canvas).fontFamily)
      : undefined;
  }, [content, most]);
  return (
    <div
      ref={element}
      role="img"
      aria-label={words}
      style={{ width: '100%', height: 28 * bars.length + 12 }}
    />
  );
}
