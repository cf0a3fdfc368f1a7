import * as vscode from 'vscode';
import type { RunWishes } from '../notebook/vscodeRunWishes';
import { cellAt, runCell } from './cellTarget';
import type { Command } from './command';

/** As the service takes requests: more parts would only wait for each other. */
const MOST_PARTS = 100;

/**
 * Runs a cell in parts of its time range and puts the answers together, where one answer would be cut off. Takes the URI of the cell's
 * document and the number of parts, or the selected cell, and asks for the number.
 */
export class RunInParts implements Command {
  readonly id = 'huntbook.runInParts';
  readonly #wishes: RunWishes;

  constructor(wishes: RunWishes) {
    this.#wishes = wishes;
  }

  async run(uri?: unknown, given?: unknown): Promise<void> {
    const cell = cellAt(uri);
    const parts = cell && (typeof given === 'number' ? given : await ask());
    if (!cell || parts === undefined) return;
    this.#wishes.set(cell, { parts });
    await runCell(cell);
  }
}

async function ask(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Into how many parts of its time range shall the query be split?'),
    value: '4',
    validateInput: (value) => (partsOf(value) === undefined ? vscode.l10n.t('A number from 2 to {0}', MOST_PARTS) : undefined),
  });
  return text === undefined ? undefined : partsOf(text);
}

function partsOf(text: string): number | undefined {
  const parts = Number(text);
  return Number.isInteger(parts) && parts >= 2 && parts <= MOST_PARTS ? parts : undefined;
}
