import * as vscode from 'vscode';
import type { HuntingQuery } from '../common/sentinelService';
import { lineOfData } from '../views/dataText';
import type { HuntingRuns } from '../views/huntingRuns';
import { type Command, field, textField } from './command';
import type { Findings } from './findings';

/**
 * Runs a set of hunting queries and shows how many rows each finds, and found the last time. Takes `{ids}`, nodes of the Sentinel view, or
 * asks.
 */
export class RunHuntingQueries implements Command {
  readonly id = 'huntbook.runHuntingQueries';
  readonly #findings: Findings;
  readonly #runs: HuntingRuns;

  constructor(findings: Findings, runs: HuntingRuns) {
    this.#findings = findings;
    this.#runs = runs;
  }

  async run(given?: unknown, selected?: unknown): Promise<void> {
    const workspaceId = await this.#findings.connect(textField(given, 'workspaceId') ?? this.#findings.workspaces.chosen.id);
    const all = await this.#findings.call('listHuntingQueries', { workspaceId });
    if (all.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The workspace has no hunting queries yet: save a cell as one.'));
      return;
    }
    const nodes = Array.isArray(selected) ? selected : [given];
    const ids = field(given, 'ids') ?? nodes.flatMap((node) => textField(field(node, 'query'), 'id') ?? []);
    const named = Array.isArray(ids) && ids.length > 0 ? all.filter(({ id }) => ids.includes(id)) : await pickQueries(all);
    if (named && named.length > 0) this.#runs.open(workspaceId, named);
  }
}

async function pickQueries(all: readonly HuntingQuery[]): Promise<readonly HuntingQuery[] | undefined> {
  const items = all.map((query) => ({ label: lineOfData(query.name), description: query.tactics.join(', '), picked: true, query }));
  const title = vscode.l10n.t('Hunting queries to run');
  return (await vscode.window.showQuickPick(items, { title, canPickMany: true, matchOnDescription: true }))?.map(({ query }) => query);
}
