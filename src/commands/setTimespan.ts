import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import { isTimespan, timespanText } from '../notebook/timespanText';
import { setNotebookTimespan } from '../notebook/vscodeNotebookMetadata';
import { huntTimespan } from '../notebook/vscodeTimespan';
import type { Command } from './command';

const usual = ['PT1H', 'PT4H', 'PT12H', 'P1D', 'P2D', 'P7D', 'P14D', 'P30D', 'P90D'];

/**
 * Sets the time range of the active notebook's queries in Azure that name none; it stands in the file. Takes an ISO 8601 duration or
 * interval, '' for the setting's, or asks.
 */
export class SetTimespan implements Command {
  readonly id = 'huntbook.setTimespan';

  async run(given?: unknown): Promise<void> {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (!notebook) return;
    const timespan = typeof given === 'string' ? given : await ask(notebook);
    if (timespan === undefined) return;
    if (timespan !== '' && !isTimespan(timespan)) throw new HuntError({ kind: 'refused', message: invalid(timespan) });
    await setNotebookTimespan(notebook, timespan === '' ? undefined : timespan);
  }
}

async function ask(notebook: vscode.NotebookDocument): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { timespan: current, from } = huntTimespan(notebook);
  const inUse = (is: boolean): string => (is ? t('in use') : '');
  const setting = vscode.workspace.getConfiguration('huntbook', notebook.uri).get<string>('defaultTimespan', '');
  const follow = { label: t("The setting's: {0}", timespanText(setting)), description: inUse(from === 'setting'), timespan: '' };
  const other = { label: t('Another…'), timespan: undefined };
  const choices = usual.map((timespan) => {
    const isCurrent = from === 'notebook' && timespan === current;
    return { label: timespanText(timespan), description: [timespan, inUse(isCurrent)].filter((part) => part !== '').join(' · '), timespan };
  });
  const title = t("Time range of this notebook's queries in Azure that name none");
  const picked = await vscode.window.showQuickPick([follow, ...choices, other], { title, matchOnDescription: true });
  if (picked !== other) return picked?.timespan;
  return vscode.window.showInputBox({
    title: t('Time range, ISO 8601'),
    prompt: t('A duration that ends now (P7D, PT12H), or an interval (2024-05-01/2024-05-08)'),
    value: current,
    validateInput: (text) => (isTimespan(text) ? undefined : invalid(text)),
  });
}

function invalid(text: string): string {
  return vscode.l10n.t('"{0}" is no ISO 8601 duration (P7D, PT12H) or interval (2024-05-01/2024-05-08).', text);
}
