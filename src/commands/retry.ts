import * as vscode from 'vscode';
import { toHuntError } from '../common/errors';

/**
 * Writes something that people put work into. When it fails they are told why, and can try again with all that they wrote: access may be
 * granted meanwhile, the connection be back.
 * @returns What the work gives; undefined when they gave up.
 */
export async function untilWritten<T>(work: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const error = toHuntError(thrown);
      if (error.data.kind === 'cancelled') throw error;
      const again = vscode.l10n.t('Try Again');
      const message = vscode.l10n.t('Nothing was written. {0}', error.message);
      if ((await vscode.window.showErrorMessage(message, again)) !== again) return undefined;
    }
  }
}
