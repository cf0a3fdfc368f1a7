import { cardModel } from './cardModel';
import { kindFacts } from './chartKinds';
import type { ChartModel, ChartSource } from './chartModel';
import type { ChartSpec } from './chartSpec';
import { graphModel } from './graphModel';
import { ladderModel } from './ladderModel';
import { pieModel, treemapModel } from './partsModel';
import { xyModel } from './xyModel';

/** What a chart shows of its points. */
export function chartModel(spec: ChartSpec, source: ChartSource): ChartModel {
  const { shape } = kindFacts(spec.kind);
  if ('rows' in source) {
    return shape === 'card' ? cardModel(spec, source.rows, source.totalRows) : ladderModel(spec, source.rows, source.totalRows);
  }
  if (shape === 'pie') return pieModel(spec, source.data);
  if (shape === 'treemap') return treemapModel(spec, source.data);
  return shape === 'graph' ? graphModel(spec, source.data) : xyModel(spec, source.data);
}
