/** The process tree of a result: a bundle of its own, loaded when its tab is first opened. */
import { DisposableStore } from '../../../common/disposable';
import { type ProcessColumns, processColumns } from '../../../common/investigation/processColumns';
import { processForest, type ProcessNode } from '../../../common/investigation/processTree';
import type { WireRow } from '../../../common/kqlTypes';
import type { ColumnFilter } from '../../../common/resultViews';
import { element } from '../../dom';
import type { LateTab, ResultContext } from '../../resultTab';
import { bar } from '../../table/bars';
import { visibleText } from '../../table/textPieces';
import { dateText, plural } from '../../table/values';
import { withColumnsFiltered } from '../../table/viewChanges';
import { adoptStyles } from '../../adoptStyles';
import { button } from '../../controls';
import controlsCss from '../../controls.css';
import { readTabRows } from '../tabRows';
import css from './processes.css';
import { ProcessTreeView } from './processTreeView';

export const open: LateTab['open'] = async (container, context) => {
  adoptStyles(controlsCss);
  adoptStyles(css);
  const store = new DisposableStore();
  const root = element('div', { class: 'hb-surface hb-pt' });
  container.append(root);
  const columns = processColumns(context.saved.columns);
  if (!columns) return { shown: () => undefined, dispose: () => undefined };
  let page: DisposableStore | undefined;
  const show = async (): Promise<void> => {
    const shown = await processPage(root, columns, context);
    page?.dispose();
    page = shown;
  };
  store.add({ dispose: () => page?.dispose() });
  store.add(context.view.onChange(() => void show().catch((thrown: unknown) => root.replaceChildren(failure(thrown)))));
  await show();
  return { shown: () => undefined, dispose: () => store.dispose() };
};

function failure(thrown: unknown): HTMLElement {
  return bar('warning', [`Could not read the processes. ${thrown instanceof Error ? thrown.message : String(thrown)}`]);
}

/** Draws all of it for the rows that the view keeps. */
async function processPage(root: HTMLElement, columns: ProcessColumns, context: ResultContext): Promise<DisposableStore> {
  const used = [...new Set(Object.values(columns).filter((index): index is number => index !== undefined))];
  const places = new Map(used.map((index, at) => [index, at] as const));
  const entries = Object.entries(columns) as [keyof ProcessColumns, number | undefined][];
  // The same columns, by their place in what is read.
  const placed = entries.map(([name, index]) => [name, index === undefined ? undefined : places.get(index)]);
  const read = Object.fromEntries(placed) as ProcessColumns;
  const { rows, note } = await readTabRows(context, used);
  const forest = processForest(read, rows);
  const count = element('span', { class: 'hb-count', role: 'status' });
  const details = element('div', { class: 'hb-pt-details', role: 'region', 'aria-label': 'The chosen process' });
  const store = new DisposableStore();
  const tree = store.add(
    new ProcessTreeView(forest, context.idPrefix, context.zone.current, {
      chosen: (node) => {
        const row = node?.row === undefined ? undefined : rows[node.row];
        details.replaceChildren(...(node ? detailParts(node, row && ownRow(columns, read, row), context) : []));
      },
      counted: (text) => {
        count.textContent = text;
      },
    }),
  );
  store.add(context.zone.onChange(() => {
    tree.zone = context.zone.current;
  }));
  const skipped = forest.skipped === 0 ? [] : [`Not shown, because they have no process id: ${plural(forest.skipped, 'row')}.`];
  const notes = [...(note === '' ? [] : [note]), ...skipped];
  const advice = notes.length === 0 ? [] : [bar('info', notes)];
  root.replaceChildren(toolbar(tree, count, columns.alert !== undefined), ...advice, tree.element, details);
  return store;
}

function toolbar(tree: ProcessTreeView, count: HTMLElement, hasAlerts: boolean): HTMLElement {
  const search = element('input', { class: 'hb-input', type: 'search', placeholder: 'Find processes', 'aria-label': 'Find processes by name, command line, account or id', spellcheck: 'false' });
  const alerts = element('input', { type: 'checkbox' });
  const apply = (): void => tree.filter(search.value, alerts.checked);
  search.addEventListener('input', apply);
  alerts.addEventListener('change', apply);
  for (const input of [search, alerts]) input.addEventListener('keydown', (event) => event.stopPropagation());
  const box = element('div', { class: 'hb-searchfield hb-pt-search' }, search);
  const onlyAlerts = hasAlerts ? [element('label', { class: 'hb-pt-check' }, alerts, 'Alerts only')] : [];
  return element(
    'div',
    { class: 'hb-toolbar' },
    box,
    ...onlyAlerts,
    count,
    element('span', { class: 'hb-space' }),
    button('Open all', () => tree.toggleAll(true)),
    button('Close all', () => tree.toggleAll(false)),
  );
}

function detailParts(node: ProcessNode, filters: readonly ColumnFilter[] | undefined, context: ResultContext): readonly Node[] {
  const facts: readonly (readonly [string, string])[] = [
    ['Command line', node.commandLine],
    ['Account', node.account],
    ['Began', node.time === '' ? '' : dateText(node.time, context.zone.current, true)],
    ['Alert', node.alert],
  ];
  const known = facts.filter(([, value]) => value !== '');
  const list = element('dl', {}, ...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, visibleText(value))]));
  const copy = button('Copy command line', () => context.messenger.tell({ type: 'copy', text: node.commandLine }));
  const show = filters ? [button('Show in the table', () => showInTable(filters, context))] : [];
  return [list, element('div', { class: 'hb-pt-actions' }, ...(node.commandLine === '' ? [] : [copy]), ...show)];
}

/** What rows about the same process have in common with this one. */
function ownRow(columns: ProcessColumns, read: ProcessColumns, row: WireRow): readonly ColumnFilter[] {
  const names = ['host', 'id', 'name'] as const;
  return names.flatMap((name) => {
    const [column, place] = [columns[name], read[name]];
    return column === undefined || place === undefined ? [] : [{ column, kind: 'values', values: [row[place] ?? null] } as const];
  });
}

function showInTable(filters: readonly ColumnFilter[], context: ResultContext): void {
  context.view.set(withColumnsFiltered(context.view.current, filters));
  context.openTab('table');
}
