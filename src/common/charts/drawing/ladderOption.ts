import type { CustomSeriesRenderItem, EChartsOption } from 'echarts';
import type { LadderModel } from '../ladderModel';
import { baseOption, headHeight, timeLabels } from './baseOption';
import type { ChartLook } from './look';
import { shortNumber } from './numberText';

const widestBar = 16;

export function ladderOption(model: LadderModel, look: ChartLook): EChartsOption {
  const shown = Math.max(10, Math.floor((look.height - 90) / 14));
  const places = model.bars.map(({ name }, index) => name || String(index + 1));
  return {
    ...baseOption(model, look),
    useUTC: look.utc,
    grid: { left: 12, right: 22, top: 12 + headHeight(model, look), bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    xAxis: timesAxis(model, look),
    yAxis: {
      type: 'category',
      inverse: true,
      // Names repeat: rows are told apart by their number.
      data: places.map((_, index) => String(index)),
      axisLabel: { color: look.foreground, fontSize: 11, width: 180, overflow: 'truncate', formatter: (index) => places[Number(index)] ?? '' },
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
    },
    dataZoom: places.length > shown && look.interactive ? [rowsZoom(shown, look)] : [],
    series: [
      {
        type: 'custom',
        renderItem: drawBar,
        encode: { x: [1, 2], y: 0 },
        data: model.bars.map(({ from, to }, index) => ({
          value: [index, from, to],
          itemStyle: { color: look.palette[0] ?? look.foreground },
        })),
      },
    ],
  };
}

function timesAxis(model: LadderModel, look: ChartLook): object {
  const isTime = model.scale === 'time';
  return {
    type: isTime ? 'time' : 'value',
    scale: true,
    name: model.xTitle,
    nameLocation: 'middle',
    nameGap: 26,
    nameTextStyle: { color: look.quiet, fontSize: 11 },
    axisLabel: { color: look.quiet, fontSize: 11, hideOverlap: true, formatter: isTime ? timeLabels : shortNumber },
    axisLine: { lineStyle: { color: look.line } },
    splitLine: { show: true, lineStyle: { color: look.line } },
  };
}

function rowsZoom(shown: number, look: ChartLook): object {
  const colours = { borderColor: look.line, fillerColor: look.line };
  return { type: 'slider', yAxisIndex: 0, startValue: 0, endValue: shown - 1, width: 12, right: 4, showDetail: false, brushSelect: false, ...colours };
}

const drawBar: CustomSeriesRenderItem = (_params, api) => {
  const [x = 0, y = 0] = api.coord([api.value(1), api.value(0)]);
  const [end = 0] = api.coord([api.value(2), api.value(0)]);
  const size = api.size?.([0, 1]);
  const band = Array.isArray(size) ? (size[1] ?? widestBar) : widestBar;
  const colour = api.visual('color');
  const height = Math.min(widestBar, Math.max(2, band * 0.7));
  return {
    type: 'rect',
    // What took no time is still there.
    shape: { x: Math.min(x, end), y: y - height / 2, width: Math.max(2, Math.abs(end - x)), height, r: 2 },
    style: { fill: typeof colour === 'string' ? colour : 'currentColor' },
  };
};
