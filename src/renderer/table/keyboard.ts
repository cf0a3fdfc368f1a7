/** What a key asks of the grid. Source of the pattern: https://www.w3.org/WAI/ARIA/apg/patterns/grid/ */
export type GridCommand =
  | { readonly kind: 'move'; readonly rows: Move; readonly columns: Move; readonly extend: boolean }
  | { readonly kind: 'selectAll' | 'selectRow' | 'selectColumn' | 'help' | 'leave' | 'ignore' }
  | { readonly kind: 'search'; readonly mode: SearchMode }
  | { readonly kind: 'findNext'; readonly backwards: boolean }
  /** Of the active cell or header, or of its column wherever one is. */
  | { readonly kind: 'menu'; readonly of: 'active' | 'column' }
  /** By that many places. */
  | { readonly kind: 'moveColumn'; readonly by: -1 | 1 }
  /** Sort in the header, else row detail; `alternate`: with Shift. */
  | { readonly kind: 'act'; readonly key: 'Enter' | 'Space' | 'F2'; readonly alternate: boolean }
  | { readonly kind: 'copy'; readonly headers: boolean }
  | { readonly kind: 'resize'; readonly by: number | 'fit' };

/** Whether the box above the grid hides rows without the text, or jumps to it. */
export type SearchMode = 'filter' | 'find';

/** Steps, pages, or to an end. */
export type Move = number | 'pageUp' | 'pageDown' | 'first' | 'last';

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** How much a key press widens or narrows a column, in CSS pixels. */
const resizeStep = 16;

const steps: Readonly<Record<string, readonly [rows: Move, columns: Move]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: ['pageUp', 0],
  PageDown: ['pageDown', 0],
  Home: [0, 'first'],
  End: [0, 'last'],
};

const leaps: Readonly<Record<string, readonly [rows: Move, columns: Move]>> = {
  ArrowUp: ['first', 0],
  ArrowDown: ['last', 0],
  ArrowLeft: [0, 'first'],
  ArrowRight: [0, 'last'],
  Home: ['first', 'first'],
  End: ['last', 'last'],
};

/** The command of a key press; undefined when the key belongs to somebody else (Tab, F1, Ctrl+Enter …). */
export function commandOf(press: KeyPress): GridCommand | undefined {
  const control = press.ctrlKey || press.metaKey;
  if (press.altKey) return control ? undefined : altCommand(press);
  const table = control ? leaps : steps;
  const move = Object.hasOwn(table, press.key) ? table[press.key] : undefined;
  if (move) return { kind: 'move', rows: move[0], columns: move[1], extend: press.shiftKey };
  return control ? controlCommand(press) : plainCommand(press);
}

function altCommand({ key, shiftKey }: KeyPress): GridCommand | undefined {
  if (!shiftKey) return key === 'ArrowDown' ? { kind: 'menu', of: 'column' } : undefined;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return { kind: 'moveColumn', by: key === 'ArrowLeft' ? -1 : 1 };
  if (key === 'ArrowUp' || key === 'ArrowDown') return { kind: 'resize', by: key === 'ArrowUp' ? -resizeStep : resizeStep };
  return key === 'Enter' ? { kind: 'resize', by: 'fit' } : undefined;
}

function controlCommand(press: KeyPress): GridCommand | undefined {
  const key = press.key.toLowerCase();
  if (key === 'c') return { kind: 'copy', headers: press.shiftKey };
  if (key === 'l' && press.shiftKey) return { kind: 'search', mode: 'filter' };
  if (press.shiftKey) return undefined;
  if (key === 'a') return { kind: 'selectAll' };
  if (key === 'f') return { kind: 'search', mode: 'find' };
  return key === ' ' ? { kind: 'selectColumn' } : undefined;
}

function plainCommand(press: KeyPress): GridCommand | undefined {
  if (press.key === 'Enter' || press.key === 'F2') return { kind: 'act', key: press.key, alternate: press.shiftKey };
  if (press.key === ' ') return press.shiftKey ? { kind: 'selectRow' } : { kind: 'act', key: 'Space', alternate: false };
  if (press.key === 'Escape') return { kind: 'leave' };
  if (press.key === '?') return { kind: 'help' };
  if (press.key === 'F3') return { kind: 'findNext', backwards: press.shiftKey };
  if (press.key === 'ContextMenu' || (press.key === 'F10' && press.shiftKey)) return { kind: 'menu', of: 'active' };
  // A letter that got out would be a notebook command ("d d" deletes the cell).
  return press.key.length === 1 ? { kind: 'ignore' } : undefined;
}

/** What the help panel lists. */
export const shortcuts: readonly (readonly [keys: string, effect: string])[] = [
  ['Arrow keys', 'Move from cell to cell; up from the first row to the header'],
  ['Page Up, Page Down', 'Move by a screen of rows'],
  ['Home, End', 'First or last column'],
  ['Ctrl+Home, Ctrl+End', 'First or last cell'],
  ['Ctrl+arrow', 'To the edge of the table'],
  ['Shift+any of these', 'Extend the selection'],
  ['Ctrl+A', 'Select all'],
  ['Shift+Space, Ctrl+Space', 'Select the row, the column'],
  ['Ctrl+C', 'Copy as tab-separated values'],
  ['Ctrl+Shift+C', 'Copy with column names'],
  ['Space', 'Show or hide the row’s details'],
  ['Enter, F2', 'Go to the row’s details'],
  ['Enter in the header', 'Sort: ascending, descending, off; with Shift as a further key'],
  ['Shift+F10', 'Menu of the cell, the selection or the column header'],
  ['Alt+Down', 'Menu of the column: sort, filter, group, statistics …'],
  ['Alt+Shift+Left, Right', 'Move the column'],
  ['Alt+Shift+Up, Down', 'Make the column narrower, wider'],
  ['Alt+Shift+Enter', 'Fit the column to its values'],
  ['Ctrl+F', 'Find; Enter or F3 goes to the next hit, with Shift to the one before'],
  ['Ctrl+Shift+L', 'Filter rows'],
  ['Right, Left on a group', 'Open it, close it or go to the group outside'],
  ['Escape', 'Close details, undo the selection, then leave to the notebook'],
  ['Tab', 'Leave the grid'],
];
