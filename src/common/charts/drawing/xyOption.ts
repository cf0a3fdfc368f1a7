import type { EChartsOption, SeriesOption } from 'echarts';
import type { XyModel, XySeries } from '../xyModel';
import { baseOption, headHeight, legendOption, timeLabels } from './baseOption';
import type { ChartLook } from './look';
import { shortNumber, spanText } from './numberText';

/** Lines of so few points show each of them. */
const fewPoints = 40;
const panelGap = 26;

export function xyOption(model: XyModel, look: ChartLook): EChartsOption {
  const top = 12 + headHeight(model, look);
  const bottom = model.legend ? 34 : 8;
  const panels = model.panels ? model.yTitles.length : 1;
  const height = (look.height - top - bottom - (panels - 1) * panelGap) / panels;
  const grids = Array.from({ length: panels }, (_, panel) => ({
    left: 12,
    right: 16,
    top: top + panel * (height + panelGap),
    height,
    outerBoundsMode: 'same' as const,
    outerBoundsContain: 'all' as const,
  }));
  const along = grids.map((_, panel) => alongAxis(model, look, panel, panel === panels - 1));
  const values = model.yTitles.map((title, axis) => valueAxis(model, look, title, axis));
  const swapped = model.sideways;
  return {
    ...baseOption(model, look),
    ...(model.legend ? legendOption(look) : {}),
    useUTC: look.utc,
    grid: grids,
    xAxis: swapped ? values : along,
    yAxis: swapped ? along : values,
    series: model.series.map((series, index) => seriesOption(model, look, series, index)),
    dataZoom: look.interactive ? [wheelZoom(model)] : [],
  };
}

/** The wheel alone scrolls the notebook, and dragging chooses a range. */
function wheelZoom(model: XyModel): object {
  const all = model.panels ? model.yTitles.map((_, index) => index) : [0];
  const axes = model.sideways ? { yAxisIndex: all } : { xAxisIndex: all };
  return { type: 'inside', ...axes, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false, moveOnMouseWheel: false };
}

function alongAxis(model: XyModel, look: ChartLook, panel: number, isLast: boolean): object {
  const types = { time: 'time', duration: 'value', number: model.xLog ? 'log' : 'value', text: 'category' } as const;
  const name = isLast ? model.xTitle : '';
  const isText = model.scale === 'text';
  const rotated = isText && !model.sideways && model.categories.join('').length * 7 > look.width * 0.85;
  const label = isText
    ? { interval: model.categories.length > 60 ? 'auto' : 0, hideOverlap: true, overflow: 'truncate', width: model.sideways ? 180 : rotated ? 110 : undefined, rotate: rotated ? 35 : 0 }
    : { hideOverlap: true, formatter: formatters[model.scale] };
  return {
    type: types[model.scale],
    gridIndex: panel,
    ...(isText ? { data: model.categories, inverse: model.sideways, boundaryGap: model.series.some(({ mark }) => mark === 'bar') } : {}),
    ...(isText ? {} : { scale: true }),
    ...(model.xMin === undefined ? {} : { min: model.xMin }),
    ...(model.xMax === undefined ? {} : { max: model.xMax }),
    ...axisName(name, look, model.sideways ? 'start' : 'middle'),
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { lineStyle: { color: look.line } },
    axisLabel: { color: look.quiet, fontSize: 11, show: isLast || !model.panels, ...label },
    splitLine: { show: false },
  };
}

const formatters = { time: timeLabels, duration: spanText, number: shortNumber } as const;

function valueAxis(model: XyModel, look: ChartLook, title: string, axis: number): object {
  const format = model.percent ? (value: number) => `${shortNumber(value)}%` : shortNumber;
  const beyond = !model.panels && axis > 1 ? { offset: (axis - 1) * 60 } : {};
  return {
    type: model.yLog ? 'log' : 'value',
    gridIndex: model.panels ? axis : 0,
    ...(model.panels ? {} : { position: model.sideways ? (axis === 0 ? 'bottom' : 'top') : axis === 0 ? 'left' : 'right' }),
    ...beyond,
    ...(model.yMin === undefined ? {} : { min: model.yMin }),
    ...(model.yMax === undefined ? (model.percent ? { max: 100 } : {}) : { max: model.yMax }),
    ...(model.series.every(({ mark }) => mark === 'point') && model.yMin === undefined ? { scale: true } : {}),
    ...axisName(title, look, 'middle'),
    axisLabel: { color: look.quiet, fontSize: 11, formatter: format },
    ...(model.panels ? { splitNumber: 3 } : {}),
    splitLine: { show: axis === 0 || model.panels, lineStyle: { color: look.line } },
  };
}

function axisName(name: string, look: ChartLook, nameLocation: 'middle' | 'start'): object {
  return name === '' ? {} : { name, nameLocation, nameGap: nameLocation === 'start' ? 12 : 26, nameTextStyle: { color: look.quiet, fontSize: 11, overflow: 'truncate', width: 220 } };
}

function seriesOption(model: XyModel, look: ChartLook, series: XySeries, index: number): SeriesOption {
  const colour = series.mark === 'anomaly' ? look.alarm : (look.palette[index % look.palette.length] ?? look.foreground);
  const data = series.points.map(([x, y]) => (model.sideways ? [y, x] : [x, y]));
  const place = {
    ...(model.panels || model.sideways ? { xAxisIndex: series.axis } : {}),
    ...(model.panels || !model.sideways ? { yAxisIndex: series.axis } : {}),
  };
  const shared = { name: series.name, data, color: colour, ...place, ...(model.stacked ? { stack: `axis${series.axis}` } : {}) };
  switch (series.mark) {
    case 'bar':
      return { ...shared, type: 'bar', barMaxWidth: 42, barMinWidth: 1, large: false };
    case 'point':
      return { ...shared, type: 'scatter', symbolSize: 6, itemStyle: { opacity: 0.75 } };
    case 'anomaly':
      return { ...shared, type: 'scatter', symbolSize: 9, symbol: 'circle', z: 5 };
    case 'line':
    case 'area':
      return {
        ...shared,
        type: 'line',
        showSymbol: series.points.length <= fewPoints,
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { width: 1.5 },
        ...(series.mark === 'area' ? { areaStyle: { opacity: model.stacked ? 0.6 : 0.25 } } : {}),
      };
  }
}
