import type { Column, WireRow } from '../../common/kqlTypes';
import { hasHidden, textPieces } from './textPieces';
import { cellText, columnTitle, type TimeStyle, typeLook } from './values';

/** Space around a cell's text: padding and border. */
const cellExtra = 18;
/** Space around a header's text: padding, type icon, room for the sort arrow and its rank. */
const headerExtra = 62;
/** Headers are bold. */
const boldFactor = 1.08;
/** Space around the badge of a hidden character. */
const badgeExtra = 7;
/** Widest column nobody asked to be wider. */
const maxInitialWidth = 340;
/** Measuring thousands of columns would delay the first paint. */
const maxMeasuredColumns = 200;
const maxMeasuredRows = 50;
/** Text longer than this is wider than any initial column. */
const maxMeasuredText = 120;

/** Width of a text in CSS pixels, in the grid's font. */
export type TextMeasure = (text: string) => number;

export function textMeasure(font: string): TextMeasure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 7;
  context.font = font;
  return (text) => context.measureText(text).width;
}

/** Widths that fit names and the first rows' values, within reason. */
export function initialWidths(columns: readonly Column[], rows: readonly WireRow[], zone: TimeStyle, measure: TextMeasure): number[] {
  const sample = rows.slice(0, maxMeasuredRows);
  return columns.map((column, index) => {
    if (index >= maxMeasuredColumns) return typeLook(column.type).width;
    const least = sample.length === 0 ? typeLook(column.type).width : 0;
    return Math.min(maxInitialWidth, Math.max(least, fittingWidth(column, index, sample, zone, measure)));
  });
}

/** Width that shows the column's name and its values in the given rows whole. */
export function fittingWidth(column: Column, index: number, rows: readonly WireRow[], zone: TimeStyle, measure: TextMeasure): number {
  let longest = '';
  let widest = measure('null');
  for (const row of rows) {
    const text = cellText(row[index] ?? null, column.type, zone).slice(0, maxMeasuredText);
    // Width follows length closely enough to measure only candidates.
    if (text.length < longest.length * 0.7) continue;
    widest = Math.max(widest, shownWidth(text, measure));
    if (text.length > longest.length) longest = text;
  }
  return Math.ceil(Math.max(widest + cellExtra, measure(columnTitle(column)) * boldFactor + headerExtra));
}

function shownWidth(text: string, measure: TextMeasure): number {
  if (!hasHidden(text)) return measure(text);
  return textPieces(text).reduce((width, piece) => width + measure(piece.text) + (piece.kind === 'hidden' ? badgeExtra : 0), 0);
}
