import type { View } from '../../common/engineProtocol';
import type { WireRow, WireValue } from '../../common/kqlTypes';
import type { Group } from '../../common/resultViews';
import { RequestFailure } from '../messenger';
import { groupFilters, type Grouping } from './grouping';
import type { Ask } from './questions';
import type { GroupRow, RowListener, RowPlace, RowSource } from './rowSource';

/** Groups read at once. */
const pageGroups = 200;

export interface GroupedRowsOptions {
  readonly view: View;
  readonly grouping: Grouping;
  readonly ask: Ask;
  /** Rows of a view without groups. */
  readonly makeRows: (view: View, listener: RowListener) => RowSource;
  readonly listener: RowListener;
}

/** The groups of one level, or the rows of an innermost group: a run of rows of the grid. */
type Block = GroupBlock | LeafBlock;

interface GroupBlock {
  readonly kind: 'groups';
  readonly level: number;
  readonly view: View;
  /** undefined until the first groups are here. */
  total: number | undefined;
  readonly groups: Map<number, Group>;
  readonly asked: Set<number>;
  /** Opened groups, by position. */
  readonly open: Map<number, Block>;
}

interface LeafBlock {
  readonly kind: 'rows';
  readonly level: number;
  readonly source: RowSource;
  /** As the group counts them: known before the rows are. */
  readonly rows: number;
}

/** Where a row of the grid lies: at this position of a block. */
interface Spot {
  readonly block: Block;
  readonly position: number;
}

/**
 * Rows in groups that open in place. What is closed is not read; an open group's rows are those of the view with filters for the group's
 * values, so the result store does all the work.
 */
export class GroupedRows implements RowSource {
  readonly view: View;
  readonly #options: GroupedRowsOptions;
  readonly #root: GroupBlock;
  #shown: readonly [first: number, end: number] = [0, 0];
  #failed = false;
  #disposed = false;

  constructor(options: GroupedRowsOptions) {
    this.view = options.view;
    this.#options = options;
    this.#root = groupBlock(0, options.view);
  }

  get grouping(): Grouping {
    return this.#options.grouping;
  }

  get total(): number | undefined {
    return this.#root.total === undefined ? undefined : sizeOf(this.#root);
  }

  row(index: number): WireRow | undefined {
    const spot = this.#spot(index);
    return spot?.block.kind === 'rows' ? spot.block.source.row(spot.position) : undefined;
  }

  group(index: number): GroupRow | undefined {
    const spot = this.#spot(index);
    if (spot?.block.kind !== 'groups') return undefined;
    const { block, position } = spot;
    const { grouping } = this.#options;
    const { column, bin } = grouping.by[block.level] ?? { column: -1 };
    const group = block.groups.get(position);
    return {
      level: block.level,
      column,
      bin,
      key: group?.key ?? null,
      rows: group?.rows ?? 0,
      expanded: block.open.has(position),
      position,
      siblings: block.total ?? 0,
      aggregates: grouping.aggregates.map((aggregate, at) => ({ ...aggregate, value: group?.aggregates[at] ?? null })),
    };
  }

  place(index: number): RowPlace | undefined {
    const spot = this.#spot(index);
    if (spot?.block.kind !== 'rows') return undefined;
    return { view: spot.block.source.view, row: spot.position, level: spot.block.level };
  }

  cutLength(row: number, column: number): number | undefined {
    const spot = this.#spot(row);
    return spot?.block.kind === 'rows' ? spot.block.source.cutLength(spot.position, column) : undefined;
  }

  /** Opens or closes the group at a row. */
  toggle(index: number, open: boolean): void {
    const spot = this.#spot(index);
    if (spot?.block.kind !== 'groups') return;
    const { block, position } = spot;
    if (!open) closeBlock(block, position);
    else if (!block.open.has(position)) this.#open(block, position);
    this.#options.listener.loaded();
  }

  /** Closes all groups. */
  collapse(): void {
    for (const position of [...this.#root.open.keys()]) closeBlock(this.#root, position);
    this.#options.listener.loaded();
  }

  /** Filters that keep the rows of the group at a row, outer groups included. */
  viewOf(index: number): View | undefined {
    const spot = this.#spot(index);
    if (spot?.block.kind === 'rows') return spot.block.source.view;
    if (spot?.block.kind !== 'groups') return undefined;
    const group = spot.block.groups.get(spot.position);
    return group ? this.#innerView(spot.block, group) : undefined;
  }

  show(first: number, end: number): void {
    this.#shown = [first, end];
    this.#load();
  }

  async read(first: number, end: number): Promise<readonly WireRow[]> {
    const rows: WireRow[] = [];
    for (let index = first; index < end; index += 1) {
      const spot = this.#spot(index);
      if (spot?.block.kind !== 'rows') continue;
      const { source } = spot.block;
      const run = Math.min(end - index, spot.block.rows - spot.position);
      rows.push(...(await source.read(spot.position, spot.position + run)));
      index += run - 1;
    }
    return rows;
  }

  async readValue(row: number, column: number): Promise<WireValue> {
    const spot = this.#spot(row);
    return spot?.block.kind === 'rows' ? spot.block.source.readValue(spot.position, column) : null;
  }

  retry(): void {
    this.#failed = false;
    this.#load();
    for (const block of leaves(this.#root)) block.source.retry();
  }

  dispose(): void {
    this.#disposed = true;
    for (const position of [...this.#root.open.keys()]) closeBlock(this.#root, position);
  }

  /** Reads the groups on screen, and tells the sources of open ones what is on screen of them. */
  #load(): void {
    const [first, end] = this.#shown;
    this.#loadBlock(this.#root, first, Math.max(end, first + 1));
  }

  #loadBlock(block: Block, first: number, end: number): void {
    const from = Math.max(0, first);
    if (block.kind === 'rows') {
      const to = Math.min(end, block.rows);
      if (from < to) block.source.show(from, to);
      return;
    }
    if (block.total === undefined) {
      this.#readGroups(block, 0);
      return;
    }
    const last = spotIn(block, Math.min(end, sizeOf(block)) - 1);
    const lowest = groupBefore(block, from);
    const highest = last?.block === block ? last.position : groupBefore(block, end);
    for (let page = Math.floor(lowest / pageGroups); page <= Math.floor(highest / pageGroups); page += 1) this.#readGroups(block, page);
    let opened = 0;
    for (const [position, child] of sortedOpen(block)) {
      const start = position + 1 + opened;
      const size = sizeOf(child);
      if (start < end && start + size > from) this.#loadBlock(child, from - start, end - start);
      opened += size;
    }
  }

  #readGroups(block: GroupBlock, page: number): void {
    const offset = page * pageGroups;
    const key = this.#options.grouping.by[block.level];
    if (!key || this.#failed || block.asked.has(page) || offset >= (block.total ?? 1)) return;
    block.asked.add(page);
    const { grouping, ask, listener } = this.#options;
    const { aggregates, orderBy } = grouping;
    const descending = orderBy === 'count';
    const question = { view: block.view, by: key.column, bin: key.bin, aggregates, orderBy, descending, offset, count: pageGroups };
    ask('readGroups', question).then(
      (answer) => {
        if (this.#disposed) return;
        block.total = answer.total;
        for (const [at, group] of answer.groups.entries()) block.groups.set(offset + at, group);
        listener.loaded();
      },
      (thrown: unknown) => {
        block.asked.delete(page);
        if (this.#disposed) return;
        this.#failed = true;
        const failure = thrown instanceof RequestFailure ? thrown : new RequestFailure(String(thrown), false);
        listener.failed(failure.message, failure.gone);
      },
    );
  }

  #open(block: GroupBlock, position: number): void {
    const group = block.groups.get(position);
    if (!group) return;
    const view = this.#innerView(block, group);
    const level = block.level + 1;
    const { grouping, makeRows, listener } = this.#options;
    const child: Block =
      level < grouping.by.length ? groupBlock(level, view) : { kind: 'rows', level, source: makeRows(view, listener), rows: group.rows };
    block.open.set(position, child);
    this.#load();
    if (child.kind === 'groups') this.#readGroups(child, 0);
  }

  #innerView(block: GroupBlock, group: Group): View {
    const key = this.#options.grouping.by[block.level];
    const filters = key ? groupFilters(key, group.key) : [];
    return { ...block.view, columnFilters: [...(block.view.columnFilters ?? []), ...filters] };
  }

  #spot(index: number): Spot | undefined {
    return this.#root.total === undefined ? undefined : spotIn(this.#root, index);
  }
}

function groupBlock(level: number, view: View): GroupBlock {
  return { kind: 'groups', level, view, total: undefined, groups: new Map(), asked: new Set(), open: new Map() };
}

function sizeOf(block: Block): number {
  if (block.kind === 'rows') return block.rows;
  let size = block.total ?? 0;
  for (const child of block.open.values()) size += sizeOf(child);
  return size;
}

function sortedOpen(block: GroupBlock): readonly (readonly [position: number, child: Block])[] {
  return [...block.open].sort(([left], [right]) => left - right);
}

function spotIn(block: Block, index: number): Spot | undefined {
  if (index < 0 || index >= sizeOf(block)) return undefined;
  if (block.kind === 'rows') return { block, position: index };
  let opened = 0;
  for (const [position, child] of sortedOpen(block)) {
    const start = position + 1 + opened;
    if (index < start) break;
    const size = sizeOf(child);
    if (index < start + size) return spotIn(child, index - start);
    opened += size;
  }
  return { block, position: index - opened };
}

/** The last group of the block that begins before a row. */
function groupBefore(block: GroupBlock, index: number): number {
  let opened = 0;
  for (const [position, child] of sortedOpen(block)) {
    if (index <= position + opened) break;
    opened += Math.min(sizeOf(child), index - position - opened);
  }
  return Math.max(0, Math.min((block.total ?? 1) - 1, index - opened));
}

function closeBlock(block: GroupBlock, position: number): void {
  const child = block.open.get(position);
  block.open.delete(position);
  if (child?.kind === 'rows') child.source.dispose();
  else if (child) for (const inner of [...child.open.keys()]) closeBlock(child, inner);
}

function leaves(block: GroupBlock): readonly LeafBlock[] {
  return [...block.open.values()].flatMap((child) => (child.kind === 'rows' ? [child] : leaves(child)));
}
