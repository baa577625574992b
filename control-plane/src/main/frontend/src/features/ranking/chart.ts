import { BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Grade } from '@/shared/api/ranking';
import { palette } from '@/app/theme';

register([BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

export const GRADE_COLOR: Record<Grade, string> = {
  A: palette.good,
  B: palette.fair,
  C: palette.poor,
  D: palette.bad,
};

export interface Bar {
  name: string;
  value: string;
  color: string;
}

/** Draws bars on a scale up to `most`, from the top down, into an element; keeps to its size. */
export function drawBars(
  element: HTMLElement,
  bars: Bar[],
  most: number,
  font: string,
): () => void {
  const chart: EChartsType = init(element);
  chart.setOption({
    animationDuration: 300,
    textStyle: { fontFamily: font },
    grid: { left: 8, right: 56, top: 4, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', formatter: '{b}<br/><b>{c}</b>' },
    xAxis: {
      type: 'value',
      min: 0,
      max: most,
      axisLabel: { show: false },
      splitLine: { lineStyle: { color: palette.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: { color: palette.text, width: 170, overflow: 'truncate' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 16,
        data: bars.map(({ value, color }) => ({
          value: Number(value),
          itemStyle: { color, borderRadius: [0, 3, 3, 0] },
          label: { formatter: value },
        })),
        label: { show: true, position: 'right', color: palette.text },
      },
    ],
  });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(element);
  return () => {
    observer.disconnect();
    chart.dispose();
  };
}
