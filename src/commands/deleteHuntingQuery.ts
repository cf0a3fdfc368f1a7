import * as vscode from 'vscode';
import type { HuntingQuery } from '../common/sentinelService';
import { lineOfData } from '../views/dataText';
import { type Command, field, textField } from './command';
import type { Findings } from './findings';
import { isSure } from './isSure';

/** Deletes a hunting query for everyone, when people are sure. Takes a node of the Sentinel view, or `{query, workspaceId, sure}`. */
export class DeleteHuntingQuery implements Command {
  readonly id = 'huntbook.deleteHuntingQuery';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const query = field(given, 'query') as HuntingQuery | undefined;
    const workspaceId = textField(given, 'workspaceId');
    if (!query || workspaceId === undefined) return;
    const question = vscode.l10n.t('Delete the hunting query "{0}"?', lineOfData(query.name));
    if (!(await isSure(given, question, vscode.l10n.t('Everyone who uses the workspace loses it.')))) return;
    await this.#findings.call('deleteHuntingQuery', { workspaceId, id: query.id });
    this.#findings.changed(workspaceId);
  }
}
