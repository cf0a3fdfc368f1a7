import type { Results } from '../notebook/vscodeResults';
import type { Command } from './command';
import { CompareResults } from './resultCompare';
import { ExportResultToFile } from './resultExport';
import { OpenResultInPanel } from './resultOpenInPanel';
import { StripResults } from './resultStrip';

/** What commands on results work on. */
export interface ResultSubjects {
  readonly results: Results;
}

/** Commands on the result of a cell. */
export function resultCommands({ results }: ResultSubjects): readonly Command[] {
  const { shown, cellPanels, files, diff } = results;
  return [
    new OpenResultInPanel(cellPanels, shown),
    new ExportResultToFile(files, shown),
    new CompareResults(diff, shown),
    new StripResults(),
  ];
}
