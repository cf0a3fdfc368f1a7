import type { ChartModel } from '../../common/charts/chartModel';
import { placeText, valueText } from '../../common/charts/drawing/chartTip';
import { longNumber, percentText, spanText, timeText } from '../../common/charts/drawing/numberText';
import type { Part } from '../../common/charts/partsModel';
import type { XyModel } from '../../common/charts/xyModel';
import { element } from '../dom';
import { plural } from '../table/values';

/** Rows that the table has; the grid of the result has them all. */
const mostRows = 1000;

/** What the chart shows, as a table: for screen readers, and for whoever wants the numbers. */
export function dataTable(model: ChartModel, label: string, utc: boolean): HTMLElement {
  const { head, rows } = tableOf(model, utc);
  const cut = rows.length > mostRows ? [`The first ${plural(mostRows, 'row')} of ${plural(rows.length, 'row')}.`] : [];
  const caption = element('caption', {}, [label, ...cut].join(' '));
  const header = element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.slice(0, mostRows).map(([first = '', ...others]) =>
    element('tr', {}, element('th', { scope: 'row' }, first), ...others.map((text) => element('td', {}, text))),
  );
  const table = element('table', {}, caption, element('thead', {}, header), element('tbody', {}, ...body));
  return element('div', { class: 'hb-charttable', tabindex: '0', role: 'region', 'aria-label': `${label}, as a table` }, table);
}

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function tableOf(model: ChartModel, utc: boolean): Table {
  switch (model.shape) {
    case 'xy':
      return xyTable(model, utc);
    case 'pie':
      return partsTable(model.parts, model.valueTitle, model.total, ['Slice']);
    case 'treemap':
      return partsTable(model.parts, model.valueTitle, model.total, depthNames(model.parts));
    case 'ladder': {
      const text = (value: number): string => (model.scale === 'time' ? timeText(value, utc) : longNumber(value));
      const length = (value: number): string => (model.scale === 'time' ? spanText(value) : longNumber(value));
      return { head: ['Bar', 'From', 'To', 'Length'], rows: model.bars.map(({ name, from, to }) => [name, text(from), text(to), length(to - from)]) };
    }
    case 'graph': {
      const nameAt = (index: number): string => model.nodes[index]?.name ?? '';
      return { head: ['From', 'To', 'Value'], rows: model.edges.map(({ from, to, value }) => [nameAt(from), nameAt(to), longNumber(value)]) };
    }
    case 'card':
      return { head: ['Name', 'Value'], rows: model.values.map(({ name, text }) => [name, text]) };
  }
}

function xyTable(model: XyModel, utc: boolean): Table {
  const xs = [...new Set(model.series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const values = model.series.map(({ points }) => {
    const byX = new Map<number, string[]>();
    for (const [x, y] of points) if (y !== null) byX.set(x, [...(byX.get(x) ?? []), valueText(model, y)]);
    return byX;
  });
  const rows = xs.map((x) => [placeText(model, x, utc), ...values.map((byX) => (byX.get(x) ?? []).join('; '))]);
  return { head: [model.xTitle, ...model.series.map(({ name }) => name)], rows };
}

function partsTable(parts: readonly Part[], valueTitle: string, total: number, names: readonly string[]): Table {
  const rows = leavesOf(parts).map(({ path, value }) => {
    const cells = names.map((_, index) => path[index] ?? '');
    return [...cells, longNumber(value), percentText(value, total)];
  });
  return { head: [...names, valueTitle, 'Share'], rows };
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: number;
}

function leavesOf(parts: readonly Part[]): readonly Leaf[] {
  return parts.flatMap(({ name, value, parts: inner }): readonly Leaf[] =>
    inner.length === 0 ? [{ path: [name], value }] : leavesOf(inner).map((leaf) => ({ path: [name, ...leaf.path], value: leaf.value })),
  );
}

function depthNames(parts: readonly Part[]): readonly string[] {
  const depth = Math.max(1, ...leavesOf(parts).map(({ path }) => path.length));
  return Array.from({ length: depth }, (_, index) => (index === 0 ? 'Rectangle' : `Within ${index}`));
}
