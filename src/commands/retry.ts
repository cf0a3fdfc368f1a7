import * as vscode from 'vscode';
import { toHuntError } from '../common/errors';

/**
 * Writes something that people put work into. When it fails they are told why, and can try again with all that they wrote: access may be
 * granted meanwhile, the connection be back.
 * @param state Says how much of it is written when it fails.
 * @returns What the work gives; undefined when they gave up.
 */
export async function untilWritten<T>(work: () => Promise<T>, state = nothingWritten): Promise<T | undefined> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const error = toHuntError(thrown);
      if (error.data.kind === 'cancelled') throw error;
      const again = vscode.l10n.t('Try Again');
      if ((await vscode.window.showErrorMessage(`${state()} ${error.message}`, again)) !== again) return undefined;
    }
  }
}

function nothingWritten(): string {
  return vscode.l10n.t('Nothing was written.');
}
