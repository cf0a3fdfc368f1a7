import { type Routine, routine } from './routine';

type Edges = readonly (readonly [number, number])[];

/** For each node the number of its component, counted from 0 in the order of their first nodes. */
function weakComponents(count: number, edges: Edges): number[] {
  const parents = Array.from({ length: count }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (parents[root] !== root) root = parents[root] ?? root;
    for (let at = node; at !== root; ) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  for (const [source, target] of edges) {
    const [a, b] = [rootOf(source), rootOf(target)];
    if (a !== b) parents[Math.max(a, b)] = Math.min(a, b);
  }
  return renumber(parents.map((_, node) => rootOf(node)));
}

/** As above; nodes are together when ways lead from each to the other. Kosaraju's algorithm without recursion. */
function strongComponents(count: number, edges: Edges): number[] {
  const forward = Array.from({ length: count }, (): number[] => []);
  const backward = Array.from({ length: count }, (): number[] => []);
  for (const [source, target] of edges) {
    forward[source]?.push(target);
    backward[target]?.push(source);
  }
  const finished: number[] = [];
  const seen = new Set<number>();
  for (let start = 0; start < count; start++) walk(start, forward, seen, (node) => finished.push(node));
  const components = Array.from({ length: count }, () => 0);
  const taken = new Set<number>();
  for (const start of finished.reverse()) {
    walk(start, backward, taken, (node) => {
      components[node] = start;
    });
  }
  return renumber(components);
}

/** Depth first; `leave` is called with each new node after those behind it. */
function walk(start: number, neighbours: readonly (readonly number[])[], seen: Set<number>, leave: (node: number) => void): void {
  if (seen.has(start)) return;
  seen.add(start);
  const stack = [{ node: start, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const neighbour = neighbours[top.node]?.[top.next++];
    if (neighbour === undefined) {
      leave(top.node);
      stack.pop();
    } else if (!seen.has(neighbour)) {
      seen.add(neighbour);
      stack.push({ node: neighbour, next: 0 });
    }
  }
}

function renumber(components: readonly number[]): number[] {
  const numbers = new Map<number, number>();
  return components.map((component) => {
    const number = numbers.get(component) ?? numbers.size;
    numbers.set(component, number);
    return number;
  });
}

/** `graph_components(kind, count, edges)`: an array with the component of each of `count` nodes; `edges` is an array of pairs of nodes. */
export const graphRoutines: readonly Routine[] = [
  routine('graph_components', 3, (kind, count, edges) => {
    const pairs = JSON.parse(edges ?? '[]') as Edges;
    const components = kind === 'strong' ? strongComponents : weakComponents;
    return JSON.stringify(components(Number(count ?? 0), pairs));
  }),
];
