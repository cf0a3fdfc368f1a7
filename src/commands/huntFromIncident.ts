import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { IncidentDetails } from '../common/incidents';
import { notebookText } from '../common/nbformat';
import type { EngineClient } from '../notebook/engineClient';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { tablesWithData } from '../sentinel/huntSection';
import { incidentNotebook, incidentNotebookName, type IncidentNotebookOptions } from '../sentinel/incidentNotebook';
import { createNotebookFile } from '../templates/notebookFile';
import { type Command, field, textField } from './command';
import { pickIncident } from './incidentPick';

/**
 * Makes a notebook of an incident of the workspace in use. Takes a node of the Incidents view or `{number, workspaceId}`, or asks. With
 * `{folder, name, overwrite}` the notebook is a file there, otherwise it has none until it is saved.
 */
export class HuntFromIncident implements Command {
  readonly id = 'huntbook.huntFromIncident';
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;
  readonly #notebooks: HuntNotebooks;

  constructor(engine: EngineClient, workspaces: Workspaces, accounts: AzureAccounts, notebooks: HuntNotebooks) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#accounts = accounts;
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const workspace = await this.#accounts.withSignIn(() => this.#workspaces.connect(textField(given, 'workspaceId') ?? this.#workspaces.chosen.id));
    const named = field(field(given, 'incident'), 'number') ?? field(given, 'number');
    const number = typeof named === 'number' ? named : await pickIncident(this.#engine, workspace.id, vscode.l10n.t('Incident to hunt from'));
    if (number === undefined) return;
    const details = await this.#engine.call('getIncident', { workspaceId: workspace.id, number });
    const tables = tablesWithData(await this.#workspaces.schema(workspace.id));
    await this.#open(details, { now: new Date(), tables, workspaceId: workspace.id }, given);
  }

  async #open(details: IncidentDetails, options: IncidentNotebookOptions, given: unknown): Promise<void> {
    const notebook = incidentNotebook(details, options);
    const folder = textField(given, 'folder');
    if (folder === undefined) {
      await this.#notebooks.openUntitled(notebookText(notebook), '');
      return;
    }
    const name = textField(given, 'name') ?? incidentNotebookName(details.incident);
    const file = await createNotebookFile({ folder, name, overwrite: field(given, 'overwrite') === true, notebook });
    await this.#notebooks.openFile(vscode.Uri.file(file));
  }
}
