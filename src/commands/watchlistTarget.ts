import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { field, textField } from './command';
import type { ShownResult } from './shownResult';

/** Most rows written at once; a larger set belongs in a file that the portal uploads. */
const MOST = 1000;

/** Of a node of the Sentinel view, or of `{alias}`. */
export function aliasOf(given: unknown): string | undefined {
  return textField(field(given, 'watchlist'), 'alias') ?? textField(given, 'alias');
}

/** Those that people chose, or all. @throws HuntError `refused` for more than can be written at once. */
export function rowNumbers({ rows, saved }: ShownResult): readonly number[] {
  const count = rows?.length ?? saved.result.rowCount;
  if (count > MOST) {
    const message = vscode.l10n.t('{0} rows are too many: {1} can be written at once. Select fewer, or filter.', count.toLocaleString(), MOST.toLocaleString());
    throw new HuntError({ kind: 'refused', message });
  }
  return rows ?? Array.from({ length: count }, (_, number) => number);
}
