import type { ShownResults } from '../notebook/vscodeCells';
import type { ResultDiff } from '../notebook/vscodeResultDiff';
import { type Command, field } from './command';
import { resultAt } from './resultTarget';

/**
 * Shows which rows two results of a notebook do not share. Takes a cell, or `{cell: URI, with: URI, keys: [names of columns]}`, or the
 * selected cell, and asks for the rest.
 */
export class CompareResults implements Command {
  readonly id = 'huntbook.compareResults';
  readonly #diff: ResultDiff;
  readonly #shown: ShownResults;

  constructor(diff: ResultDiff, shown: ShownResults) {
    this.#diff = diff;
    this.#shown = shown;
  }

  async run(given?: unknown): Promise<void> {
    const { origin, resultId } = resultAt(given, this.#shown);
    const other = field(given, 'with');
    const keys = field(given, 'keys');
    await this.#diff.compare(
      {
        left: resultId,
        right: other === undefined ? undefined : resultAt(other, this.#shown).resultId,
        keys: Array.isArray(keys) ? keys.map(String) : undefined,
      },
      origin,
    );
  }
}
