import type { GridModel } from './cellView';
import type { Grid, GridHandlers } from './grid';
import type { GridCommand, Move } from './keyboard';
import { type CellPosition, HEADER_ROW } from './selection';

/** @returns whether the command was ours; if not, the key goes on to the notebook. */
export function executeCommand(grid: Grid, model: GridModel, handlers: GridHandlers, command: GridCommand): boolean {
  const { selection, layout } = model;
  const { active } = selection;
  switch (command.kind) {
    case 'move':
      if (!command.extend && command.rows === 0 && moveInTree(grid, model, handlers, command.columns)) return true;
      grid.activate(target(grid, model, command.rows, command.columns, command.extend), command.extend);
      return true;
    case 'act':
      return act(model, handlers, command.key, command.alternate);
    case 'copy':
      handlers.copy(command.headers);
      return true;
    case 'resize':
      handlers.resize(model.columns.indexAt(active.column), command.by === 'fit' ? 'fit' : layout.width(active.column) + command.by);
      return true;
    case 'moveColumn':
      handlers.move(model.columns.indexAt(active.column), active.column + command.by);
      return true;
    case 'search':
      handlers.search(command.mode);
      return true;
    case 'findNext':
      handlers.findNext(command.backwards);
      return true;
    case 'menu':
      if (command.of === 'column' && active.row !== HEADER_ROW) grid.activate({ row: HEADER_ROW, column: active.column });
      else grid.reveal();
      handlers.menu(grid.activeElement() ?? grid.element);
      return true;
    case 'help':
      handlers.help();
      return true;
    case 'leave':
      if (handlers.leave()) return true;
      if (selection.size <= 1) return false;
      grid.activate(active);
      return true;
    case 'ignore':
      return true;
    case 'selectAll':
      selection.selectAll();
      break;
    case 'selectColumn':
      selection.selectColumn();
      break;
    case 'selectRow':
      selection.selectRow(active.row, false);
      break;
  }
  grid.mark();
  return true;
}

function act(model: GridModel, handlers: GridHandlers, key: 'Enter' | 'Space' | 'F2', alternate: boolean): boolean {
  const { active } = model.selection;
  if (active.row === HEADER_ROW) {
    if (key === 'F2') return false;
    handlers.sort(model.columns.indexAt(active.column), alternate);
    return true;
  }
  // Shift+Enter runs the cell everywhere in a notebook.
  if (alternate) return false;
  const group = model.source.group(active.row);
  if (group) {
    handlers.toggleGroup(active.row, !group.expanded);
    return true;
  }
  handlers.detail(key !== 'Space');
  return true;
}

/**
 * Left and Right on groups, as in a tree: Right opens and then enters, Left closes and then goes to the group outside.
 * Source: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 */
function moveInTree(grid: Grid, model: GridModel, handlers: GridHandlers, columns: Move): boolean {
  const { active } = model.selection;
  if (typeof columns !== 'number' || active.row === HEADER_ROW) return false;
  const group = model.source.group(active.row);
  if (group && columns > 0) {
    if (group.expanded) grid.activate({ row: active.row + 1, column: 0 });
    else handlers.toggleGroup(active.row, true);
    return true;
  }
  if (group?.expanded) {
    handlers.toggleGroup(active.row, false);
    return true;
  }
  const level = group?.level ?? model.source.place(active.row)?.level ?? 0;
  if (level === 0 || (!group && active.column > 0)) return group !== undefined;
  grid.activate({ row: outerGroup(model, active.row, level), column: active.column });
  return true;
}

function outerGroup(model: GridModel, from: number, level: number): number {
  for (let row = from - 1; row >= 0; row -= 1) {
    const group = model.source.group(row);
    if (group && group.level < level) return row;
  }
  return from;
}

function target(grid: Grid, model: GridModel, rows: Move, columns: Move, extend: boolean): CellPosition {
  const { active } = model.selection;
  let { row } = active;
  if (typeof rows === 'number') row += rows;
  else if (rows === 'first') row = 0;
  else if (rows === 'last') row = grid.rowCount - 1;
  else if (rows === 'pageDown') row = Math.max(0, row) + grid.pageRows;
  else if (row !== HEADER_ROW) row = Math.max(0, row - grid.pageRows);
  if (extend && active.row !== HEADER_ROW) row = Math.max(0, row);
  const last = model.columns.shown.length - 1;
  return { row, column: typeof columns === 'number' ? active.column + columns : columns === 'first' ? 0 : last };
}
