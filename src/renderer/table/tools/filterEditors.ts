import type { Column, WireValue } from '../../../common/kqlTypes';
import type { ColumnFilter } from '../../../common/resultViews';
import { element } from '../../dom';
import { compareValues } from '../compareValues';
import { hoursBefore, parseBound, textMatches } from '../filterText';
import { regexOf } from '../localView';
import type { TableContext } from '../tableContext';
import { cellText, dateText, zoneName, zoneOf } from '../values';

/** A part of the filter dialog. */
export interface FilterEditor {
  readonly nodes: readonly Node[];
  /** The filter as it stands there, or what is wrong with it. */
  read(): ColumnFilter | string;
}

export function textEditor(column: number, known: ColumnFilter | undefined): FilterEditor {
  const before = known?.kind === 'text' ? known : undefined;
  const match = element('select', { class: 'hb-select', 'aria-label': 'How it has to match' });
  for (const [value, label] of textMatches) match.append(element('option', { value }, label));
  match.value = before?.match ?? 'contains';
  const text = field('Text', '');
  text.value = before?.text ?? '';
  const caseSensitive = element('input', { type: 'checkbox' });
  caseSensitive.checked = before?.caseSensitive ?? false;
  return {
    nodes: [element('div', { class: 'hb-formrow' }, match, text), element('label', { class: 'hb-check' }, caseSensitive, 'Match case')],
    read: () => {
      const chosen = textMatches.find(([value]) => value === match.value)?.[0] ?? 'contains';
      if (text.value === '') return 'Type the text to look for.';
      if (chosen === 'regex' && !regexOf(text.value, true)) return 'This is not a regular expression.';
      const filter = { column, kind: 'text', match: chosen, text: text.value } as const;
      return caseSensitive.checked ? { ...filter, caseSensitive: true } : filter;
    },
  };
}

const presets: readonly (readonly [label: string, hours: number])[] = [
  ['Last hour', 1],
  ['Last 24 hours', 24],
  ['Last 7 days', 168],
];

const placeholders: Readonly<Partial<Record<Column['type'], string>>> = { datetime: '2024-05-06 07:08:09', timespan: '00:05:00 or 5m' };

export function rangeEditor(table: TableContext, index: number, column: Column, known: ColumnFilter | undefined): FilterEditor {
  const before = known?.kind === 'range' ? known : undefined;
  const { zone } = table.model;
  const from = field('From', placeholders[column.type] ?? '');
  const to = field('To', placeholders[column.type] ?? '');
  const show = (input: HTMLInputElement, value: WireValue | undefined): void => {
    const text = value === undefined || value === null ? '' : String(value);
    input.value = column.type === 'datetime' && text !== '' ? dateText(text, zoneOf(zone), true) : text;
  };
  show(from, before?.from);
  show(to, before?.to);
  const nodes: Node[] = [element('div', { class: 'hb-formrow' }, from, '–', to)];
  if (column.type === 'datetime') nodes.push(element('p', { class: 'hb-quiet' }, zone === 'local' ? `Times are local (${zoneName()}).` : 'Times are UTC.'));
  nodes.push(extent(table, index, column, from, to, show));
  return {
    nodes,
    read: () => {
      const bounds = [from, to].map((input) => (input.value.trim() === '' ? undefined : (parseBound(input.value, column.type, zone) ?? 'wrong')));
      for (const [at, input] of [from, to].entries()) {
        const isWrong = input.value.trim() !== '' && parseBound(input.value, column.type, zone) === undefined;
        input.setAttribute('aria-invalid', String(isWrong));
        if (isWrong) return `“${input.value}” is no ${column.type}${at === 0 ? '' : ', as the end'}. ${example(column)}`;
      }
      const [low, high] = bounds;
      if (low === undefined && high === undefined) return 'Give one end of the range, or both.';
      if (low !== undefined && high !== undefined && compareValues(low, high, column.type) > 0) return 'The range ends before it begins.';
      return { column: index, kind: 'range', ...(low === undefined ? {} : { from: low }), ...(high === undefined ? {} : { to: high }) };
    },
  };
}

function example(column: Column): string {
  const text = placeholders[column.type];
  return text === undefined ? 'Write digits, as 1234.5.' : `Write it like ${text}.`;
}

/** From where to where the data goes, and for times what to choose of it. */
function extent(
  table: TableContext,
  index: number,
  column: Column,
  from: HTMLInputElement,
  to: HTMLInputElement,
  show: (input: HTMLInputElement, value: WireValue | undefined) => void,
): HTMLElement {
  const place = element('div', { class: 'hb-extent' });
  const { filter, derived, columnFilters } = table.view;
  // The extent of what the other filters leave.
  const others = (columnFilters ?? []).filter((one) => one.column !== index);
  const view = { sort: [], filter, columnFilters: others, ...(derived ? { derived } : {}) };
  table.ask('readColumnStatistics', { view, column: index }).then(
    ({ min, max }) => {
      if (min === null || max === null) return;
      const { zone } = table.model;
      const said = (value: WireValue): string => (column.type === 'datetime' ? dateText(String(value), zoneOf(zone), false) : cellText(value, column.type, zone));
      place.append(element('span', { class: 'hb-quiet' }, `The data: ${said(min)} … ${said(max)}`));
      if (column.type !== 'datetime') return;
      for (const [label, hours] of presets) {
        const button = element('button', { type: 'button', class: 'hb-chipbutton', title: 'Of the data, to its last time' }, label);
        button.addEventListener('click', () => {
          show(from, hoursBefore(String(max), hours));
          show(to, undefined);
        });
        place.append(button);
      }
    },
    () => undefined,
  );
  return place;
}

function field(label: string, placeholder: string): HTMLInputElement {
  const attributes = { type: 'text', class: 'hb-field-input', 'aria-label': label, placeholder, spellcheck: 'false', autocomplete: 'off' };
  return element('input', { ...attributes, 'data-first': '' });
}
