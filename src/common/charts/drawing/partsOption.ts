import type { EChartsOption } from 'echarts';
import type { Part, PartsModel } from '../partsModel';
import { baseOption, headHeight, legendOption } from './baseOption';
import type { ChartLook } from './look';
import { percentText } from './numberText';

export function pieOption(model: PartsModel, look: ChartLook): EChartsOption {
  const top = 8 + headHeight(model, look);
  const colourOf = (index: number): string => look.palette[index % look.palette.length] ?? look.foreground;
  return {
    ...baseOption(model, look),
    ...(model.legend ? legendOption(look) : {}),
    series: [
      {
        type: 'pie',
        top,
        bottom: model.legend ? 34 : 8,
        radius: ['38%', '72%'],
        data: model.parts.map(({ name, value }, index) => ({ name, value, itemStyle: { color: colourOf(index) } })),
        itemStyle: { borderColor: look.background, borderWidth: 1 },
        label: {
          color: look.foreground,
          fontSize: 11,
          width: 160,
          overflow: 'truncate',
          formatter: ({ name, value }) => `${name} ${percentText(Number(value), model.total)}`,
        },
        labelLine: { lineStyle: { color: look.quiet } },
      },
    ],
  };
}

export function treemapOption(model: PartsModel, look: ChartLook): EChartsOption {
  const hasDepth = model.parts.some(({ parts }) => parts.length > 0);
  return {
    ...baseOption(model, look),
    series: [
      {
        type: 'treemap',
        top: 4 + headHeight(model, look),
        left: 4,
        right: 4,
        bottom: hasDepth && look.interactive ? 30 : 4,
        roam: false,
        nodeClick: hasDepth ? 'zoomToNode' : false,
        breadcrumb: {
          show: hasDepth && look.interactive,
          bottom: 2,
          itemStyle: { color: look.line, textStyle: { color: look.foreground } },
        },
        data: model.parts.map((part, index) => rectangle(part, look.palette[index % look.palette.length] ?? look.foreground)),
        label: { color: '#ffffff', fontSize: 11, textBorderColor: 'rgba(0, 0, 0, 0.65)', textBorderWidth: 2, overflow: 'truncate' },
        upperLabel: { show: hasDepth, height: 20, color: look.foreground, fontSize: 11 },
        levels: [
          { itemStyle: { borderColor: look.background, borderWidth: 0, gapWidth: 2 }, upperLabel: { show: false } },
          { itemStyle: { borderColor: look.line, borderWidth: 2, gapWidth: 1 }, colorSaturation: [0.35, 0.6] },
          { itemStyle: { borderColor: look.line, borderWidth: 1, gapWidth: 1 } },
        ],
      },
    ],
  };
}

interface Rectangle {
  readonly name: string;
  readonly value: number;
  readonly itemStyle: { readonly color: string };
  readonly children?: Rectangle[];
}

function rectangle({ name, value, parts }: Part, color: string): Rectangle {
  const children = parts.map((part) => rectangle(part, color));
  return { name, value, itemStyle: { color }, ...(children.length > 0 ? { children } : {}) };
}
