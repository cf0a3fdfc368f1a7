import { type ColumnEntity, entityOfValue } from '../../../common/entityColumns';
import { kqlLiteral, kqlName } from '../../../common/kqlLiterals';
import type { Column, WireValue } from '../../../common/kqlTypes';
import type { ColumnFilter } from '../../../common/resultViews';
import { entityWords, inList, kqlDatatable, MAX_LISTED_VALUES, pivotQueries, whereOperator } from '../../../common/valueQueries';
import type { CellCopier } from '../cellCopier';
import type { CopyFormat } from './copyFormats';
import { valueText } from '../filterText';
import type { MenuEntry } from './menu';
import type { CellRange } from '../selection';
import type { TableContext } from '../tableContext';
import { plural } from '../values';
import { withFilter } from '../viewChanges';

/** Rows that a bookmark or a watchlist takes, at most. */
const maxSentRows = 1000;

const formats: readonly (readonly [format: CopyFormat, label: string])[] = [
  ['tsv', 'Tab-separated values'],
  ['tsvHeaders', 'Tab-separated values with column names'],
  ['csv', 'CSV'],
  ['markdown', 'Markdown table'],
  ['json', 'JSON'],
  ['html', 'HTML table'],
  ['datatable', 'KQL datatable'],
];

/** The selected cells, as their menu sees them. */
interface Selected {
  readonly range: CellRange;
  /** Of the active cell. */
  readonly index: number;
  readonly column: Column;
  /** Of the active cell's column in the selected rows, as far as they are at hand; without repetition. */
  readonly values: readonly WireValue[];
  /** Rows of which the values are not at hand. */
  readonly missing: number;
}

/** From a value to the next step: in the view, in the query, in a new cell, elsewhere. */
export function cellMenu(table: TableContext, copier: CellCopier, openDetail: () => void): readonly MenuEntry[] {
  const selected = selectedCells(table);
  if (!selected) return [];
  return [
    ...viewEntries(table, selected),
    'line',
    ...(table.hasHost ? [...queryEntries(table, selected), 'line' as const] : []),
    { label: 'Copy', icon: 'copy', keys: 'Ctrl+C', act: () => copier.copy('tsv') },
    { label: 'Copy as', items: () => [...kqlCopies(table, selected), 'line', ...formats.map(([format, label]) => ({ label, act: () => copier.copy(format) }))] },
    'line',
    ...(table.hasHost ? [...rowEntries(table, selected), 'line' as const] : []),
    { label: 'Row details', icon: 'panel', keys: 'Space', act: openDetail },
    { label: 'Statistics of the column', icon: 'bars', act: () => table.showStatistics(selected.index) },
  ];
}

function selectedCells({ model }: TableContext): Selected | undefined {
  const { selection, columns, source } = model;
  const { range, active } = selection;
  const column = columns.at(active.column);
  if (!range || !column) return undefined;
  const index = columns.indexAt(active.column);
  const values = new Set<WireValue>();
  let missing = 0;
  const end = Math.min(range.lastRow, range.firstRow + 10 * MAX_LISTED_VALUES);
  for (let row = range.firstRow; row <= end; row += 1) {
    const read = source.row(row);
    // A value that is cut is not the value: nothing equals it.
    if (read && source.cutLength(row, index) === undefined) values.add(read[index] ?? null);
    else if (!source.group(row)) missing += 1;
  }
  return { range, index, column, values: [...values].slice(0, MAX_LISTED_VALUES), missing: missing + range.lastRow - end };
}

/** What the entries are about: the value itself, or how many there are. */
function subject(table: TableContext, { values, column }: Selected): string {
  const [only = null] = values;
  const text = values.length === 1 ? valueText(only, column.type, table.model.zone) : plural(values.length, 'value');
  return text.length > 32 ? `${text.slice(0, 31)}…` : text;
}

function viewEntries(table: TableContext, selected: Selected): readonly MenuEntry[] {
  const { index, values, missing } = selected;
  const disabled = values.length === 0 || missing > 0;
  const keep = (exclude: boolean) => (): void => {
    const filter: ColumnFilter = { column: index, kind: 'values', values, ...(exclude ? { exclude } : {}) };
    table.setView(withFilter(table.view, undefined, filter));
  };
  const said = subject(table, selected);
  return [
    { label: `Filter to ${said}`, icon: 'filter', disabled, act: keep(false) },
    { label: `Exclude ${said}`, disabled, act: keep(true) },
    { label: 'Filter the column…', act: () => table.editFilter(index) },
  ];
}

function queryEntries(table: TableContext, selected: Selected): readonly MenuEntry[] {
  const { messenger, saved } = table;
  const { resultId, name } = saved;
  const { column, values, index, missing } = selected;
  // What is read out of a `dynamic` column here has no name in the query.
  const isOwn = index < saved.columns.length && column.name !== '';
  const disabled = !isOwn || values.length === 0 || missing > 0;
  const add = (exclude: boolean) => (): void => messenger.tell({ type: 'addToQuery', resultId, operator: whereOperator(column, values, exclude) });
  const cell = (text: string) => (): void => messenger.tell({ type: 'newCell', resultId, text });
  const entries: MenuEntry[] = [
    { label: 'Add to the query', icon: 'query', disabled, items: () => [whereEntry(selected, false, add), whereEntry(selected, true, add)] },
  ];
  const cells: MenuEntry[] = [];
  if (name !== undefined && isOwn) {
    const text = `${kqlName(name)}\n| ${whereOperator(column, values)}`;
    cells.push({ label: `Rows of ${name} with ${subject(table, selected)}`, act: cell(text) });
  }
  cells.push({ label: 'A list of the values', act: cell(`let values = dynamic(${jsonList(values)});`) });
  cells.push({ label: 'A datatable of the values', act: cell(kqlDatatable([column], values.map((value) => [value]))) });
  entries.push({ label: 'New cell with', icon: 'add', disabled: values.length === 0 || missing > 0, items: () => cells });
  for (const [kind, found] of entitiesOf(selected)) {
    const word = entityWords[kind];
    const label = found.length === 1 ? `Hunt for this ${word}` : `Hunt for these ${found.length} (${word})`;
    const queries = pivotQueries(kind, found, timeOf(table)).map((query) => ({ label: query.label, act: cell(query.kql) }));
    if (queries.length > 0) entries.push({ label, icon: 'search', items: () => queries });
  }
  return entries;
}

function whereEntry({ column, values }: Selected, exclude: boolean, add: (exclude: boolean) => () => void): MenuEntry {
  const text = whereOperator(column, values, exclude);
  return { label: text.length > 60 ? `${text.slice(0, 59)}…` : text, act: add(exclude) };
}

/** KQL reads the strings of a list as JSON does. */
function jsonList(values: readonly WireValue[]): string {
  return `[${values.map((value) => (value === null ? 'null' : kqlLiteral(String(value), 'string'))).join(', ')}]`;
}

/** The entities that the values name, by kind; what names none, or another kind than the first, is left out. */
function entitiesOf({ values, column }: Selected): readonly (readonly [ColumnEntity, readonly string[]])[] {
  const found = values.flatMap((value) => {
    const kind = entityOfValue(value, column);
    return kind === undefined ? [] : [[kind, String(value)] as const];
  });
  const kind = found[0]?.[0];
  return kind === undefined ? [] : [[kind, found.filter(([other]) => other === kind).map(([, value]) => value)]];
}

/** The time of the active row, when the result has it. */
function timeOf({ model }: TableContext): string | undefined {
  const at = model.columns.all.findIndex(({ name, type }) => name === 'TimeGenerated' && type === 'datetime');
  const value = at < 0 ? null : (model.source.row(model.selection.active.row)?.[at] ?? null);
  return typeof value === 'string' ? value : undefined;
}

function kqlCopies(table: TableContext, selected: Selected): readonly MenuEntry[] {
  const { column, values, missing } = selected;
  const disabled = values.length === 0 || missing > 0;
  const [first = null] = values;
  const copy = (text: string, what: string) => (): void => table.copy(text, `Copied ${what}`);
  return [
    { label: 'KQL literal', disabled: disabled || values.length > 1, act: copy(kqlLiteral(first, column.type), 'a KQL literal') },
    { label: 'KQL list: in (…)', disabled, act: copy(`in ${inList(values, column.type)}`, `a list of ${plural(values.length, 'value')}`) },
    { label: 'KQL condition', disabled, act: copy(`| ${whereOperator(column, values)}`, 'a condition') },
  ];
}

function rowEntries(table: TableContext, selected: Selected): readonly MenuEntry[] {
  const { messenger, saved, model, view } = table;
  const { resultId } = saved;
  const places = sentRows(table, selected.range);
  const tooMany = places.rows.length === 0;
  const viewed = { resultId, view: places.view };
  return [
    { label: 'Bookmark rows…', icon: 'bookmark', disabled: tooMany, act: () => messenger.tell({ type: 'bookmark', viewed, rows: places.rows }) },
    { label: 'Add to watchlist…', icon: 'list', disabled: tooMany, act: () => messenger.tell({ type: 'addToWatchlist', viewed, rows: places.rows }) },
    { label: 'Export…', icon: 'external', act: () => messenger.tell({ type: 'export', viewed: { resultId, view }, columns: model.columns.shown }) },
    { label: 'Compare with…', act: () => messenger.tell({ type: 'diff', resultId }) },
    { label: 'Open in a panel', act: () => messenger.tell({ type: 'openPanel', resultId }) },
  ];
}

/** The selected rows by their numbers in one view: in groups, those of the active row's group. None when there are too many. */
function sentRows({ model, view }: TableContext, range: CellRange): { readonly view: TableContext['view']; readonly rows: readonly number[] } {
  if (range.lastRow - range.firstRow >= maxSentRows) return { view, rows: [] };
  const { source, selection } = model;
  const active = source.place(selection.active.row);
  if (!active) return { view, rows: [] };
  const rows: number[] = [];
  for (let row = range.firstRow; row <= range.lastRow; row += 1) {
    const place = source.place(row);
    if (place?.view === active.view) rows.push(place.row);
  }
  return { view: active.view, rows };
}
