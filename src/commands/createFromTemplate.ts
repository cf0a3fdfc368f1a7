import * as vscode from 'vscode';
import type { WorkspaceIdentity } from '../common/templateService';
import { BUNDLED_SOURCE, type Template, type TemplateOrigin } from '../common/templates';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { spacedName } from '../sentinel/incidentSummary';
import { nameProblem } from '../templates/notebookName';
import type { TemplateWorkerHost } from '../templates/templateWorkerHost';
import { isRemote } from '../views/templateLibrary';
import type { TemplatesView } from '../views/templatesView';
import { type Command, field, textField } from './command';
import { makeNotebook } from './notebookTarget';

/**
 * Makes a notebook of a template and opens it. Takes a node of the Templates view, or
 * `{template, folder, name, overwrite}`; asks for what is missing.
 */
export class CreateFromTemplate implements Command {
  readonly id = 'huntbook.createFromTemplate';
  readonly #templates: TemplatesView;
  readonly #worker: TemplateWorkerHost;
  readonly #workspaces: Workspaces;
  readonly #notebooks: HuntNotebooks;

  constructor(templates: TemplatesView, worker: TemplateWorkerHost, workspaces: Workspaces, notebooks: HuntNotebooks) {
    this.#templates = templates;
    this.#worker = worker;
    this.#workspaces = workspaces;
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const template = await this.#template(given);
    if (!template) return;
    const target = { folder: textField(given, 'folder'), name: textField(given, 'name'), overwrite: field(given, 'overwrite') === true };
    const origin = this.#origin(template);
    const workspace = this.#identity();
    let language = '';
    let notes: readonly string[] = [];
    const file = await makeNotebook(target, suggestedName(template), async (chosen) => {
      const now = new Date().toISOString();
      const created = await this.#worker.call('create', { template, origin, now, ...chosen, ...(workspace ? { workspace } : {}) });
      ({ language, notes } = created);
      return created.file;
    });
    if (!file) return;
    if (language === 'kusto') await this.#notebooks.openFile(file);
    else await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(file), { preview: false });
    if (notes.length > 0) void vscode.window.showInformationMessage(notes.join(' '));
    this.#templates.redraw();
  }

  async #template(given: unknown): Promise<Template | undefined> {
    const id = textField(given, 'template') ?? textField(field(given, 'entry'), 'id');
    return id === undefined ? pick(await this.#templates.templates()) : this.#templates.library.template(id);
  }

  #origin(template: Template): TemplateOrigin {
    const { id, title, version, hash } = template;
    const state = this.#templates.library.stateOf(template);
    const source = state?.source;
    const named = source && isRemote(source) ? source.url : (source?.name ?? BUNDLED_SOURCE);
    const commit = state?.kind === 'read' ? state.copy?.version : undefined;
    return { id, title, version, hash, source: named, ...(commit === undefined || commit === '' ? {} : { commit }) };
  }

  /** Of the workspace in use, when it is one in Azure of which all is known that notebooks are told. */
  #identity(): WorkspaceIdentity | undefined {
    const { source } = this.#workspaces.chosen;
    if (source.kind !== 'logAnalytics') return undefined;
    const { customerId, name, tenantId, resourceId } = source.workspace;
    const [, subscriptionId, resourceGroup] = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\//i.exec(resourceId ?? '') ?? [];
    if (tenantId === undefined || subscriptionId === undefined || resourceGroup === undefined) return undefined;
    return { tenantId, subscriptionId, resourceGroup, workspaceId: customerId, workspaceName: name };
  }
}

/** The template's file name; of a query, its title: made fit for every system. */
function suggestedName({ id, title, path }: Template): string {
  const name = path === '' ? title : (id.split(/[/:]/).at(-1) ?? id).replace(/\.(ipynb|ya?ml)$/i, '');
  const fit = name.replace(/[<>:"|?*/\\\u0000-\u001f]+/g, ' ').replace(/\s+/g, ' ').replace(/^[\s.]+|[\s.]+$/g, '').slice(0, 100).trim();
  return nameProblem(fit) === undefined ? fit : 'hunt';
}

async function pick(templates: readonly Template[]): Promise<Template | undefined> {
  const items = templates.map((template) => ({
    label: template.title,
    description: template.tactics.map(spacedName).join(', '),
    detail: template.description,
    template,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Template'), matchOnDescription: true, matchOnDetail: true });
  return picked?.template;
}
