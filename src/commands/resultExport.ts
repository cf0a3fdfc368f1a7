import { wholeView } from '../common/resultViews';
import type { ShownResults } from '../notebook/vscodeCells';
import { exportFormats, type ResultExport } from '../notebook/vscodeResultExport';
import { type Command, textField } from './command';
import { resultAt } from './resultTarget';

/** Writes all rows of a cell's result to a file. Takes a cell, or `{cell: URI, path, format}`, or the selected cell, and asks for it. */
export class ExportResultToFile implements Command {
  readonly id = 'huntbook.exportResult';
  readonly #files: ResultExport;
  readonly #shown: ShownResults;

  constructor(files: ResultExport, shown: ShownResults) {
    this.#files = files;
    this.#shown = shown;
  }

  async run(given?: unknown): Promise<unknown> {
    const { origin, resultId } = resultAt(given, this.#shown);
    return this.#files.export({
      viewed: { resultId, view: wholeView },
      title: origin.title(resultId),
      path: textField(given, 'path'),
      format: exportFormats.find(({ format }) => format === textField(given, 'format'))?.format,
      folder: origin.folder,
    });
  }
}
