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
      grid.activate(target(grid, model, command.rows, command.columns, command.extend), command.extend);
      return true;
    case 'act':
      return act(handlers, active, command.key, command.alternate);
    case 'copy':
      handlers.copy(command.headers);
      return true;
    case 'resize':
      handlers.resize(active.column, command.by === 'fit' ? 'fit' : layout.width(active.column) + command.by);
      return true;
    case 'filter':
      handlers.filter();
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

function act(handlers: GridHandlers, active: CellPosition, key: 'Enter' | 'Space' | 'F2', alternate: boolean): boolean {
  if (active.row === HEADER_ROW) {
    if (key === 'F2') return false;
    handlers.sort(active.column, alternate);
    return true;
  }
  // Shift+Enter runs the cell everywhere in a notebook.
  if (alternate) return false;
  handlers.detail(key !== 'Space');
  return true;
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
  const last = model.columns.length - 1;
  return { row, column: typeof columns === 'number' ? active.column + columns : columns === 'first' ? 0 : last };
}
