import type { WireRow } from '../kqlTypes';
import { displayText, visibleText } from '../visibleText';
import { chartHead, type ChartHead, columnName } from './chartModel';
import type { ChartSpec } from './chartSpec';

/** The values of the first row, large. */
export interface CardModel extends ChartHead {
  readonly shape: 'card';
  readonly values: readonly { readonly name: string; readonly text: string }[];
}

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

export function cardModel(spec: ChartSpec, rows: readonly WireRow[], totalRows: number): CardModel {
  const [row] = rows;
  const shown = spec.y.length > 0 ? spec.y : spec.columns.map((_, index) => index);
  const values = shown.map((index) => {
    const value = row?.[index] ?? null;
    const text = typeof value === 'number' ? numbers.format(value) : (displayText(value, spec.columns[index]?.type ?? 'string') ?? 'null');
    return { name: columnName(spec, index), text: visibleText(text) };
  });
  const remarks = totalRows > 1 ? [`A card shows the first of ${numbers.format(totalRows)} rows.`] : [];
  return { ...chartHead(spec, remarks), shape: 'card', values: row ? values : [] };
}
