import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { palette } from '@/app/theme';

register([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface Point {
  /** As people read it. */
  at: string;
  value: number;
  text: string;
}

/** Draws what was held as a line in steps, its highest value written at the top of the scale. */
export function drawSteps(
  element: HTMLElement,
  points: Point[],
  scale: string,
  font: string,
): () => void {
  const chart: EChartsType = init(element);
  const most = Math.max(...points.map(({ value }) => value), 0);
  chart.setOption({
    animationDuration: 300,
    textStyle: { fontFamily: font },
    grid: { left: 12, right: 24, top: 16, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      formatter: (shown: { dataIndex: number }[]) => {
        const point = points[shown[0]?.dataIndex ?? 0];
        return point ? `${point.at}<br/><b>${point.text}</b>` : '';
      },
    },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: points.map(({ at }) => at),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        color: palette.faint,
        interval: Math.max(1, Math.floor(points.length / 5)),
        hideOverlap: true,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: most || 1,
      interval: most || 1,
      axisLabel: { color: palette.faint, formatter: (value: number) => (value > 0 ? scale : '0') },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: 'line',
        step: 'end',
        showSymbol: false,
        data: points.map(({ value }) => value),
        lineStyle: { color: palette.committed, width: 3 },
        itemStyle: { color: palette.committed },
        areaStyle: { color: palette.promised },
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
