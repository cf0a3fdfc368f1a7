/** The entities of a result and what links them: a bundle of its own, loaded when its tab is first opened. */
import { entityGraph, type GraphColumns, graphColumns, type GraphNode } from '../../../common/investigation/entityGraph';
import { element } from '../../dom';
import type { LateTab, ResultContext } from '../../resultTab';
import { bar } from '../../table/bars';
import { visibleText } from '../../table/textPieces';
import { countText, plural } from '../../table/values';
import { withColumnsFiltered } from '../../table/viewChanges';
import { adoptStyles } from '../../adoptStyles';
import { button } from '../../controls';
import controlsCss from '../../controls.css';
import { readTabRows } from '../tabRows';
import css from './entities.css';
import { EntityGraphView } from './entityGraphView';
import { kindLook } from './kindLook';

/** More cannot be told apart in a drawing. */
const MAX_NODES = 120;

export const open: LateTab['open'] = async (container, context) => {
  adoptStyles(controlsCss);
  adoptStyles(css);
  const root = element('div', { class: 'hb-surface hb-eg' });
  container.append(root);
  const columns = graphColumns(context.saved.columns);
  if (!columns) return { shown: () => undefined, dispose: () => undefined };
  let asked = 0;
  const show = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    try {
      const parts = await entityPage(columns, context);
      if (mine === asked) root.replaceChildren(...parts);
    } catch (thrown) {
      const text = `Could not read the entities. ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      root.replaceChildren(bar('warning', [text], { label: 'Try again', icon: 'retry', act: () => void show() }));
    }
  };
  const subscription = context.view.onChange(() => void show());
  await show();
  return { shown: () => undefined, dispose: () => subscription.dispose() };
};

async function entityPage(columns: GraphColumns, context: ResultContext): Promise<readonly HTMLElement[]> {
  const { list, alert } = columns;
  const used = [...new Set([...columns.entities, ...(list === undefined ? [] : [list]), ...(alert === undefined ? [] : [alert])])];
  const { rows, note } = await readTabRows(context, used);
  const graph = entityGraph(context.saved.columns, columns, rows, (column) => used.indexOf(column), MAX_NODES);
  if (graph.nodes.length === 0) return [element('p', { class: 'hb-tabnote' }, 'No row of this view names an entity.')];
  const advice = element('span', { class: 'hb-quiet' }, 'Choose an entity to see what it is linked with.');
  const details = element('div', { class: 'hb-eg-details', role: 'status' }, advice);
  const view = new EntityGraphView(graph, context.idPrefix, {
    chosen: (node) => details.replaceChildren(...nodeDetails(node, view.neighbourCount(node), context)),
  });
  const all = graph.nodes.length + graph.leftOut;
  const cut = graph.leftOut === 0 ? [] : [`Drawn are the ${countText(graph.nodes.length)} most linked of ${countText(all)} entities.`];
  const notes = [...(note === '' ? [] : [note]), ...cut];
  const count = element('span', { class: 'hb-count' }, `Entities: ${countText(all)}, links: ${countText(graph.links.length)}`);
  const zoom = [button('+', () => view.zoom(1.5), 'Zoom in'), button('\u2212', () => view.zoom(1 / 1.5), 'Zoom out')];
  const tools = element('div', { class: 'hb-toolbar' }, count, element('span', { class: 'hb-space' }), ...zoom);
  return [tools, ...(notes.length === 0 ? [] : [bar('info', notes)]), view.element, details];
}

function nodeDetails(node: GraphNode, neighbours: number, context: ResultContext): readonly Node[] {
  const facts = `${kindLook(node.kind).name} · ${plural(node.rows, 'row')} · ${plural(neighbours, 'link')}`;
  return [
    element('b', {}, visibleText(node.label.slice(0, 300))),
    element('span', { class: 'hb-quiet' }, facts),
    element('span', { class: 'hb-space' }),
    button('Copy', () => context.messenger.tell({ type: 'copy', text: node.label })),
    button('Show in the table', () => showInTable(node, context)),
  ];
}

/** The rows that name it in its column; where it stands inside a value, the rows that contain it. */
function showInTable({ column, label }: GraphNode, context: ResultContext): void {
  const { view } = context;
  if (column === undefined) {
    view.set({ ...view.current, filter: label });
  } else {
    view.set(withColumnsFiltered(view.current, [{ column, kind: 'text', match: 'equals', text: label }]));
  }
  context.openTab('table');
}
