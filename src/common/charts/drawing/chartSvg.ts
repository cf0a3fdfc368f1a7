import type { ChartModel } from '../chartModel';
import { chartOption, type DrawnModel } from './chartOption';
import { init } from './echarts';
import { type ChartLook, paperLook } from './look';

/** A chart without a page: SVG of shapes and texts alone, of which nothing runs and nothing is loaded. */
export function chartSvg(model: DrawnModel, look: ChartLook = paperLook): string {
  const { width, height } = look;
  const chart = init(null, undefined, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ ...chartOption(model, look), backgroundColor: look.background });
    return shapesAlone(chart.renderToSVGString({ useViewBox: true }));
  } finally {
    chart.dispose();
  }
}

/**
 * Without what answers a pointer: style sheets, and attributes that scripts would read. In the library's answer `<` and `"` of texts are
 * escaped, so that what is taken out is never a part of a name.
 */
function shapesAlone(svg: string): string {
  return svg.replace(/<style[^>]*>[^]*?<\/style>/gu, '').replace(/ (?:class|ecmeta_\w+)="[^"]*"/gu, '');
}

export function isDrawn(model: ChartModel): model is DrawnModel {
  return model.shape !== 'card';
}
