import type { EChartsOption } from 'echarts';
import type { CardModel } from '../cardModel';
import type { ChartModel } from '../chartModel';
import { graphOption } from './graphOption';
import { ladderOption } from './ladderOption';
import type { ChartLook } from './look';
import { pieOption, treemapOption } from './partsOption';
import { xyOption } from './xyOption';

/** A chart that is drawn; a card is text. */
export type DrawnModel = Exclude<ChartModel, CardModel>;

/** The chart in the words of the library that draws it. */
export function chartOption(model: DrawnModel, look: ChartLook): EChartsOption {
  switch (model.shape) {
    case 'xy':
      return xyOption(model, look);
    case 'pie':
      return pieOption(model, look);
    case 'treemap':
      return treemapOption(model, look);
    case 'ladder':
      return ladderOption(model, look);
    case 'graph':
      return graphOption(model, look);
  }
}
