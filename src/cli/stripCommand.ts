import { realpath } from 'node:fs/promises';
import { toHuntError } from '../common/errors';
import { writeNotebook } from '../notebook/ipynb';
import { countOf } from '../notebook/resultSummary';
import { stripResults } from '../notebook/stripResults';
import type { StripArguments } from './arguments';
import { readNotebookFile, replaceFile } from './notebookFiles';
import type { Terminal } from './runCommand';

/**
 * Takes what comes from the data out of notebooks, in place.
 * @returns the exit code: 1 when `--check` found something or a file could not be written, 2 when a file is no notebook.
 */
export async function stripCommand({ notebooks, check }: StripArguments, terminal: Terminal): Promise<number> {
  let code = 0;
  for (const file of notebooks) {
    try {
      const { notebook, cells } = stripResults(await readNotebookFile(file));
      if (cells === 0) {
        terminal.out(`${file}: nothing to strip\n`);
      } else if (check) {
        terminal.out(`${file}: results in ${countOf(cells, 'cell')}\n`);
        code = Math.max(code, 1);
      } else {
        // A link stays one: what it leads to is written.
        await replaceFile(await realpath(file), writeNotebook(notebook));
        terminal.out(`${file}: stripped ${countOf(cells, 'cell')}\n`);
      }
    } catch (thrown) {
      const { data, message } = toHuntError(thrown);
      terminal.error(`${message}\n`);
      code = Math.max(code, data.kind === 'storage' ? 1 : 2);
    }
  }
  return code;
}
