import type { Disposable } from '../../../common/disposable';
import type { Column } from '../../../common/kqlTypes';
import type { ColumnFilter } from '../../../common/resultViews';
import { element } from '../../dom';
import { openDialog } from './dialog';
import { type FilterEditor, rangeEditor, textEditor } from './filterEditors';
import type { Anchor } from './popup';
import type { TableContext } from '../tableContext';
import { valueList } from './valueList';
import { columnTitle } from '../values';
import { withFilter } from '../viewChanges';

type Kind = ColumnFilter['kind'];

const kindLabels: Readonly<Record<Kind, string>> = { text: 'Text', range: 'Range', values: 'Values', empty: 'Is empty' };

/** Which conditions suit a type, the likeliest first. */
function kindsOf({ type }: Column): readonly Kind[] {
  switch (type) {
    case 'bool':
      return ['values', 'empty'];
    case 'guid':
      return ['values', 'text', 'empty'];
    case 'string':
    case 'dynamic':
      return ['text', 'values', 'empty'];
    default:
      return ['range', 'values', 'text', 'empty'];
  }
}

/** Asks for a filter of a column, or changes one that is there. */
export function editFilter(table: TableContext, index: number, before: ColumnFilter | undefined, anchor: Anchor): Disposable {
  const column = table.model.columns.all[index];
  if (!column) return { dispose: () => undefined };
  const kinds = kindsOf(column);
  const place = element('div');
  const problem = element('p', { class: 'hb-problem', role: 'alert' });
  const exclude = element('input', { type: 'checkbox' });
  exclude.checked = before?.exclude ?? false;
  let editor: FilterEditor;

  const chooser = element('select', { class: 'hb-select', 'aria-label': 'Condition' });
  for (const kind of kinds) chooser.append(element('option', { value: kind }, kindLabels[kind]));
  const choose = (kind: Kind): void => {
    const known = before?.kind === kind ? before : undefined;
    editor = makeEditor(table, index, column, kind, known);
    place.replaceChildren(...editor.nodes);
    problem.textContent = '';
  };
  const first = before && kinds.includes(before.kind) ? before.kind : (kinds[0] ?? 'text');
  chooser.value = first;
  choose(first);
  chooser.addEventListener('change', () => choose(kinds.find((kind) => kind === chooser.value) ?? 'text'));

  const apply = (): void => {
    const made = editor.read();
    if (typeof made === 'string') {
      problem.textContent = made;
      return;
    }
    close();
    table.setView(withFilter(table.view, before, { ...made, ...(exclude.checked ? { exclude: true } : {}) }));
  };
  const close = (): void => {
    dialog.dispose();
    table.focus();
  };
  const form = element('form', { class: 'hb-form' });
  form.append(
    element('div', { class: 'hb-formhead' }, element('b', {}, columnTitle(column)), chooser),
    place,
    element('label', { class: 'hb-check' }, exclude, 'Exclude: keep the other rows'),
    problem,
    buttons(before ? () => remove() : undefined),
  );
  const remove = (): void => {
    close();
    table.setView(withFilter(table.view, before, undefined));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    apply();
  });
  const dialog = openDialog(table.root, anchor, `Filter ${columnTitle(column)}`, [form], () => table.focus());
  place.querySelector<HTMLElement>('[data-first]')?.focus();
  return dialog;
}

function makeEditor(table: TableContext, index: number, column: Column, kind: Kind, known: ColumnFilter | undefined): FilterEditor {
  switch (kind) {
    case 'text':
      return textEditor(index, known);
    case 'range':
      return rangeEditor(table, index, column, known);
    case 'values':
      return valueList(table, index, column, known);
    case 'empty':
      return { nodes: [element('p', { class: 'hb-quiet' }, 'Null, or a text without characters.')], read: () => ({ column: index, kind: 'empty' }) };
  }
}

function buttons(remove: (() => void) | undefined): HTMLElement {
  const row = element('div', { class: 'hb-formbuttons' }, element('button', { type: 'submit', class: 'hb-button' }, 'Apply'));
  if (remove) {
    const button = element('button', { type: 'button', class: 'hb-button hb-second' }, 'Remove');
    button.addEventListener('click', remove);
    row.append(button);
  }
  return row;
}
