import * as vscode from 'vscode';
import type { IncidentDetails } from '../common/incidents';
import { notebookText } from '../common/nbformat';
import type { EngineClient } from '../notebook/engineClient';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { formatAge } from '../sentinel/age';
import { incidentNotebook, incidentNotebookName } from '../sentinel/incidentNotebook';
import { createNotebookFile } from '../templates/notebookFile';
import { lineOfData } from '../views/dataText';
import { everyIncident, incidentQuery, newestFirst } from '../views/incidentFilter';
import { severityIcon } from '../views/incidentItem';
import { type Command, field, textField } from './command';

/** Most incidents that the picker offers; the view shows them all. */
const OFFERED = 200;

/**
 * Makes a notebook of an incident of the workspace in use. Takes a node of the Incidents view or `{number}`, or asks. With
 * `{folder, name, overwrite}` the notebook is a file there, otherwise it has none until it is saved.
 */
export class HuntFromIncident implements Command {
  readonly id = 'huntbook.huntFromIncident';
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #notebooks: HuntNotebooks;

  constructor(engine: EngineClient, workspaces: Workspaces, notebooks: HuntNotebooks) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const workspace = await this.#workspaces.connect(this.#workspaces.chosen.id);
    const named = field(field(given, 'incident'), 'number') ?? field(given, 'number');
    const number = typeof named === 'number' ? named : await this.#pick(workspace.id);
    if (number === undefined) return;
    const details = await this.#engine.call('getIncident', { workspaceId: workspace.id, number });
    const { tables } = await this.#workspaces.schema(workspace.id);
    const withData = new Set(tables.filter((table) => table.rowCount !== 0).map((table) => table.name));
    await this.#open(details, withData, given);
  }

  async #open(details: IncidentDetails, tables: ReadonlySet<string>, given: unknown): Promise<void> {
    const notebook = incidentNotebook(details, { now: new Date(), tables });
    const folder = textField(given, 'folder');
    if (folder === undefined) {
      await this.#notebooks.openUntitled(notebookText(notebook), '');
      return;
    }
    const name = textField(given, 'name') ?? incidentNotebookName(details.incident);
    const file = await createNotebookFile({ folder, name, overwrite: field(given, 'overwrite') === true, notebook });
    await this.#notebooks.openFile(vscode.Uri.file(file));
  }

  async #pick(workspaceId: string): Promise<number | undefined> {
    const now = new Date();
    const query = incidentQuery(everyIncident, newestFirst, OFFERED, now.getTime());
    const { incidents } = await this.#engine.call('listIncidents', { workspaceId, query });
    const items = incidents.map(({ number, title, severity, status, owner, createdTime }) => ({
      label: lineOfData(title),
      description: [`#${number}`, status, owner ? lineOfData(owner.name) : vscode.l10n.t('unassigned'), formatAge(createdTime, now)].join(' · '),
      iconPath: severityIcon(severity),
      number,
    }));
    return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Incident to hunt from'), matchOnDescription: true }))?.number;
  }
}
