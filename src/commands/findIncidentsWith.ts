import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import { entityName } from '../common/entityText';
import { type Entity, type Severity } from '../common/incidents';
import type { EngineClient } from '../notebook/engineClient';
import { readRows } from '../notebook/readRows';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { formatAge } from '../sentinel/age';
import { guessEntities } from '../sentinel/entityGuess';
import { incidentsWithQuery } from '../sentinel/incidentQueries';
import { lineOfData } from '../views/dataText';
import { severityIcon } from '../views/incidentItem';
import type { IncidentPages } from '../views/incidentPages';
import { type Command, field, textField } from './command';

const MOST = 200;

/** Finds the incidents whose alerts name an entity, and opens one. Takes `{entity, workspaceId}` or `{value}`; asks otherwise. */
export class FindIncidentsWith implements Command {
  readonly id = 'huntbook.findIncidentsWith';
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;
  readonly #pages: IncidentPages;

  constructor(engine: EngineClient, workspaces: Workspaces, accounts: AzureAccounts, pages: IncidentPages) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#accounts = accounts;
    this.#pages = pages;
  }

  async run(given?: unknown): Promise<void> {
    const { t } = vscode.l10n;
    const entity = await entityFor(given);
    if (!entity) return;
    const id = textField(given, 'workspaceId') ?? this.#workspaces.chosen.id;
    const workspace = await this.#accounts.withSignIn(() => this.#workspaces.connect(id));
    const name = lineOfData(entityName(entity));
    const progress = { location: vscode.ProgressLocation.Notification, title: t('Looking for incidents with {0}', name), cancellable: true };
    const { rows } = await vscode.window.withProgress(progress, (_report, token) =>
      readRows(this.#engine, { workspaceId: workspace.id, text: incidentsWithQuery(entity), most: MOST }, token),
    );
    const now = new Date();
    const items = rows.map((row) => ({
      label: lineOfData(String(row['Title'])),
      description: [`#${String(row['IncidentNumber'])}`, String(row['Status']), formatAge(String(row['CreatedTime']), now)].join(' · '),
      iconPath: severityIcon(String(row['Severity']) as Severity),
      number: Number(row['IncidentNumber']),
      title: String(row['Title']),
    }));
    if (items.length === 0) {
      void vscode.window.showInformationMessage(t('No alert of an incident of the last 90 days names {0}.', name));
      return;
    }
    const picked = await vscode.window.showQuickPick(items, { title: t('Incidents with {0}', name), matchOnDescription: true });
    if (picked) this.#pages.open(workspace.id, picked.number, picked.title);
  }
}

async function entityFor(given: unknown): Promise<Entity | undefined> {
  const entity = field(given, 'entity');
  if (typeof entity === 'object' && entity !== null) return entity as Entity;
  const value = textField(given, 'value') ?? (await vscode.window.showInputBox({ title: vscode.l10n.t('Find incidents with'), prompt: vscode.l10n.t('An address, account, host, hash, URL or domain') }));
  return value === undefined ? undefined : guessEntities(value)[0];
}
