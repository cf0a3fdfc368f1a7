import { element } from '../dom';
import type { Messenger } from '../messenger';
import { bar } from './bars';
import type { SavedTable } from './savedTable';
import { countText, plural } from './values';

/** What people have to know of the rows: warnings, that there are more than can be shown, that reading failed. */
export class StateBars {
  readonly #saved: SavedTable;
  readonly #messenger: Messenger;
  readonly #state = element('div');
  readonly #failure = element('div', { role: 'alert' });

  constructor(saved: SavedTable, messenger: Messenger) {
    this.#saved = saved;
    this.#messenger = messenger;
  }

  get elements(): readonly HTMLElement[] {
    const { warnings, notices } = this.#saved;
    const said = [...(warnings.length > 0 ? [bar('warning', warnings)] : []), ...(notices.length > 0 ? [bar('info', notices)] : [])];
    return [...said, this.#state, this.#failure];
  }

  /** Says when there is more than can be shown, and how to get it. */
  showLive(complete: boolean): void {
    this.#state.replaceChildren();
    if (complete) return;
    const { preview, rowCount, resultId } = this.#saved;
    const kept = preview.rows.length;
    const text =
      kept === 0
        ? `The file keeps no rows of this result, which has ${plural(rowCount, 'row')}.`
        : `Showing the first ${countText(kept)} of ${plural(rowCount, 'row')}: those kept in the file.`;
    const act = (): void => this.#messenger.tell({ type: 'runAgain', resultId });
    const action = { label: `Run again for all ${plural(rowCount, 'row')}`, icon: 'run', act } as const;
    this.#state.replaceChildren(bar('info', [text], this.#messenger.connected ? action : undefined));
  }

  showFailure(message: string, retry: () => void): void {
    const act = (): void => {
      this.clearFailure();
      retry();
    };
    this.#failure.replaceChildren(bar('warning', [`Could not read rows. ${message}`], { label: 'Try again', icon: 'retry', act }));
  }

  clearFailure(): void {
    this.#failure.replaceChildren();
  }
}
