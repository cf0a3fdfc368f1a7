import { kqlCell } from '../common/nbformat';
import type { ActiveHunt } from '../notebook/vscodeActiveHunt';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { kqlName } from '../common/kqlLiterals';
import { type Command, field, textField } from './command';

/** Shows ten rows of a table: in a new cell of the active hunt notebook, else in a new notebook. Takes a node of the Workspaces view. */
export class PreviewTable implements Command {
  readonly id = 'huntbook.previewTable';
  readonly #workspaces: Workspaces;
  readonly #notebooks: HuntNotebooks;
  readonly #hunt: ActiveHunt;

  constructor(workspaces: Workspaces, notebooks: HuntNotebooks, hunt: ActiveHunt) {
    this.#hunt = hunt;
    this.#workspaces = workspaces;
    this.#notebooks = notebooks;
  }

  async run(node?: unknown): Promise<void> {
    const table = textField(field(node, 'table'), 'name');
    const entry = this.#workspaces.find(textField(field(node, 'entry'), 'id') ?? '');
    if (table === undefined || !entry) return;
    const option = entry.id === this.#workspaces.chosen.id ? '' : `//| workspace: ${JSON.stringify(entry.name)}\n`;
    const text = `${option}${kqlName(table)}\n| take 10`;
    const editor = this.#hunt.editor;
    if (editor) await this.#notebooks.runNewCell(editor, text);
    else await this.#notebooks.runCell(await this.#notebooks.openNew([kqlCell('preview', text)]), 0);
  }
}
