import type { EChartsOption } from 'echarts';
import type { GraphModel } from '../graphModel';
import { baseOption, headHeight } from './baseOption';
import type { ChartLook } from './look';

/** Beyond so many nodes names are shown under the pointer alone. */
const namedNodes = 60;

export function graphOption(model: GraphModel, look: ChartLook): EChartsOption {
  const most = Math.max(1, ...model.edges.map(({ value }) => value));
  const isSmall = model.nodes.length <= namedNodes;
  return {
    ...baseOption(model, look),
    series: [
      {
        type: 'graph',
        layout: isSmall ? 'circular' : 'force',
        ...(isSmall ? { circular: { rotateLabel: true } } : { force: { repulsion: 60, edgeLength: 40, layoutAnimation: false } }),
        top: 60 + headHeight(model, look),
        bottom: 60,
        roam: 'scale',
        scaleLimit: { min: 0.4, max: 5 },
        preserveAspect: 'contain',
        edgeSymbol: ['none', 'arrow'],
        edgeSymbolSize: 6,
        data: model.nodes.map(({ name, edges }, index) => ({
          id: String(index),
          name,
          symbolSize: Math.min(26, 7 + 3 * Math.sqrt(edges)),
          itemStyle: { color: look.palette[index % look.palette.length] ?? look.foreground },
        })),
        edges: model.edges.map(({ from, to, value }) => ({
          source: String(from),
          target: String(to),
          value,
          lineStyle: { width: 1 + (3 * value) / most, color: look.quiet, opacity: 0.6, curveness: isSmall ? 0.2 : 0 },
        })),
        label: { show: isSmall, color: look.foreground, fontSize: 11, width: 140, overflow: 'truncate', position: 'right' },
      },
    ],
  };
}
