import type { AlertEvidence, Part } from '../../../common/incidentPage';
import { entityGraph, graphColumns, type GraphNode } from '../../../common/investigation/entityGraph';
import type { Column, WireRow } from '../../../common/kqlTypes';
import { element } from '../../dom';
import { EntityGraphView } from '../../investigation/entities/entityGraphView';
import { kindLook } from '../../investigation/entities/kindLook';
import { visibleText } from '../../table/textPieces';
import { quiet } from './section';

const columns: readonly Column[] = [
  { name: 'AlertName', type: 'string' },
  { name: 'Entities', type: 'string' },
];
const MAX_NODES = 80;

/** The alerts of the incident and the entities that they name, as a graph. */
export function drawGraph(evidence: Part<readonly AlertEvidence[]>): readonly Node[] {
  if (evidence.kind === 'loading') return [quiet('Reading the alerts…')];
  const chosen = graphColumns(columns);
  const rows = evidence.kind === 'ready' ? evidence.value.map(({ alertName, entities }): WireRow => [alertName, entities ?? null]) : [];
  const graph = chosen && entityGraph(columns, chosen, rows, (column) => column, MAX_NODES);
  if (!graph || graph.links.length === 0) return [quiet('The alerts name no entities that could be linked.')];
  const details = element('p', { class: 'hb-quiet', 'aria-live': 'polite' }, 'Choose an alert or an entity to see what it is linked with.');
  const view = new EntityGraphView(graph, 'hb-graph', {
    chosen: (node) => {
      details.textContent = sentence(node, view.neighbourCount(node));
    },
  });
  const cut = graph.leftOut === 0 ? [] : [quiet(`Drawn are the ${graph.nodes.length} most linked of ${graph.nodes.length + graph.leftOut}.`)];
  return [...cut, element('div', { class: 'hb-eg' }, view.element), details];
}

function sentence({ kind, label }: GraphNode, links: number): string {
  return `${kindLook(kind).name} ${visibleText(label.slice(0, 300))}, linked with ${links}`;
}
