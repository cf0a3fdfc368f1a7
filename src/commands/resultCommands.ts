import type { CellPanels } from '../notebook/vscodeCellPanels';
import type { Command } from './command';
import { OpenResultInPanel } from './resultOpenInPanel';

/** What commands on results work on. */
export interface ResultSubjects {
  readonly cellPanels: CellPanels;
}

/** Commands on the result of a cell. */
export function resultCommands({ cellPanels }: ResultSubjects): readonly Command[] {
  return [new OpenResultInPanel(cellPanels)];
}
