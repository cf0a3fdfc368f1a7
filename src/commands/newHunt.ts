import * as vscode from 'vscode';
import { kqlCell, markdownCell } from '../common/nbformat';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Command } from './command';

/** A new notebook with a heading, parameters and a first KQL cell. */
export class NewHunt implements Command {
  readonly id = 'huntbook.newHunt';
  readonly #notebooks: HuntNotebooks;

  constructor(notebooks: HuntNotebooks) {
    this.#notebooks = notebooks;
  }

  async run(): Promise<void> {
    const { t } = vscode.l10n;
    await this.#notebooks.openNew([
      markdownCell('title', `# ${t('New hunt')}\n\n${t('What do you suspect, and what would show it?')}`),
      kqlCell('parameters', 'let start = ago(7d);\nlet end = now();', { tags: ['parameters'] }),
      kqlCell('signins', firstQuery),
    ]);
  }
}

const firstQuery = `//| name: signins
SigninLogs
| where TimeGenerated between (start .. end)
| project TimeGenerated, UserPrincipalName, IPAddress, Location, AppDisplayName, ResultType, ResultDescription
| sort by TimeGenerated desc
| take 1000`;
