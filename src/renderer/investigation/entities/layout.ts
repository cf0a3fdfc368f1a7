import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from 'd3-force';
import type { EntityGraph, GraphLink, GraphNode } from '../../../common/investigation/entityGraph';

export interface PlacedNode extends SimulationNodeDatum {
  readonly node: GraphNode;
  readonly radius: number;
  x: number;
  y: number;
}

export interface PlacedLink extends SimulationLinkDatum<PlacedNode> {
  readonly link: GraphLink;
  source: PlacedNode;
  target: PlacedNode;
}

export interface PlacedGraph {
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

const STEPS = 250;
/** Room for a label below a node. */
const LABEL_ROOM = 16;

/** Places nodes so that linked ones are near and none cover another. The same graph is always placed the same way. */
export function placed({ nodes, links }: EntityGraph, width: number, height: number): PlacedGraph {
  const most = Math.max(1, ...nodes.map(({ rows }) => rows));
  const placedNodes = nodes.map((node, index): PlacedNode => {
    // Where they begin decides where they end: on a spiral, the most linked in the middle.
    const angle = index * 2.4;
    const distance = 12 * Math.sqrt(index);
    const radius = 9 + 7 * (Math.log(node.rows + 1) / Math.log(most + 1));
    return { node, radius, x: width / 2 + distance * Math.cos(angle), y: height / 2 + distance * Math.sin(angle) };
  });
  const byId = new Map(placedNodes.map((one) => [one.node.id, one] as const));
  const placedLinks = links.flatMap((link): PlacedLink[] => {
    const [source, target] = [byId.get(link.source), byId.get(link.target)];
    return source && target ? [{ link, source, target }] : [];
  });
  forceSimulation(placedNodes)
    .force('link', forceLink(placedLinks).distance(70).strength(0.5))
    .force('apart', forceManyBody().strength(-170))
    .force('room', forceCollide<PlacedNode>(({ radius }) => radius + LABEL_ROOM))
    .force('x', forceX(width / 2).strength(0.06))
    .force('y', forceY(height / 2).strength((0.06 * width) / Math.max(1, height)))
    .stop()
    .tick(STEPS);
  return { nodes: placedNodes, links: placedLinks };
}
