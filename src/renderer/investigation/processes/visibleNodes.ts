import type { ProcessForest, ProcessNode } from '../../../common/investigation/processTree';

/** A line of the tree that is on screen or could be scrolled to. */
export interface VisibleNode {
  /** A host, or a process on it. */
  readonly node: ProcessNode | { readonly host: string; readonly roots: readonly ProcessNode[] };
  /** Stable while the forest is: names what is open. */
  readonly key: string;
  readonly level: number;
  /** From 1, among its siblings that are shown. */
  readonly position: number;
  readonly siblings: number;
  /** undefined: it has nothing in it. */
  readonly open: boolean | undefined;
}

export interface TreeWish {
  /** Lower case; '' for all. */
  readonly search: string;
  readonly alertsOnly: boolean;
  /** Keys of lines that were opened or closed by hand; others are as `openByDefault` says. */
  readonly toggled: ReadonlyMap<string, boolean>;
  readonly openByDefault: (level: number) => boolean;
}

interface Level {
  readonly nodes: readonly VisibleNode['node'][];
  readonly keyPrefix: string;
  at: number;
}

/** The lines of the tree, top to bottom. A search keeps what matches and the way to it, all of it open. */
export function visibleNodes(forest: ProcessForest, wish: TreeWish): readonly VisibleNode[] {
  const kept = wish.search === '' && !wish.alertsOnly ? undefined : keptNodes(forest, wish);
  const shown = (nodes: readonly VisibleNode['node'][]): readonly VisibleNode['node'][] => (kept ? nodes.filter((node) => kept.has(node)) : nodes);
  const lines: VisibleNode[] = [];
  // A stack of our own: a chain of processes may be longer than the call stack.
  const levels: Level[] = [{ nodes: shown(forest.hosts), keyPrefix: '', at: 0 }];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const node = level.nodes[level.at];
    if (!node) {
      levels.pop();
      continue;
    }
    level.at += 1;
    const key = `${level.keyPrefix}/${level.at}`;
    const inside = shown(childrenOf(node));
    const isOpen = wish.toggled.get(key) ?? (kept !== undefined || wish.openByDefault(levels.length));
    const open = inside.length === 0 ? undefined : isOpen;
    lines.push({ node, key, level: levels.length, position: level.at, siblings: level.nodes.length, open });
    if (open) levels.push({ nodes: inside, keyPrefix: key, at: 0 });
  }
  return lines;
}

export function childrenOf(node: VisibleNode['node']): readonly ProcessNode[] {
  return 'roots' in node ? node.roots : node.children;
}

/** Those that match, and all above them. */
function keptNodes(forest: ProcessForest, { search, alertsOnly }: TreeWish): ReadonlySet<VisibleNode['node']> {
  const order: VisibleNode['node'][] = [...forest.hosts];
  const above = new Map<VisibleNode['node'], VisibleNode['node']>();
  for (const node of order) {
    for (const child of childrenOf(node)) {
      above.set(child, node);
      order.push(child);
    }
  }
  const kept = new Set<VisibleNode['node']>();
  for (const node of order) {
    if ('roots' in node || (alertsOnly && node.alert === '') || !matches(node, search)) continue;
    for (let one: VisibleNode['node'] | undefined = node; one && !kept.has(one); one = above.get(one)) kept.add(one);
  }
  return kept;
}

function matches({ name, commandLine, account, id, alert }: ProcessNode, search: string): boolean {
  return search === '' || [name, commandLine, account, id, alert].some((text) => text.toLowerCase().includes(search));
}
