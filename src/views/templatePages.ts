import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { toHuntError } from '../common/errors';
import type { FromTemplatePage, TemplateTables, ToTemplatePage } from '../common/templatePage';
import type { Template } from '../common/templates';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { tableStates } from '../templates/tableStates';
import type { TemplateWorkerHost } from '../templates/templateWorkerHost';
import { lineOfData } from './dataText';
import { isRemote } from './templateLibrary';
import type { TemplateMarks } from './templateMarks';
import type { TemplatesView } from './templatesView';
import { WebPage } from './webPage';

/** What pages of templates work with. */
export interface TemplatePageServices {
  readonly extensionUri: vscode.Uri;
  readonly view: TemplatesView;
  readonly worker: TemplateWorkerHost;
  readonly workspaces: Workspaces;
  readonly marks: TemplateMarks;
}

/** The pages of templates that are open: one for each. */
export class TemplatePages implements Disposable {
  readonly #services: TemplatePageServices;
  readonly #pages = new Map<string, TemplatePageHost>();
  readonly #store = new DisposableStore();

  constructor(services: TemplatePageServices) {
    this.#services = services;
    this.#store.add(services.view.library.onDidChange(() => this.#eachPage((page) => page.showTemplate())));
    this.#store.add(services.workspaces.onDidChange(() => this.#eachPage((page) => page.showTables())));
  }

  /** Shows the page of a template; one that is open comes to the front. */
  open(template: Template): void {
    const open = this.#pages.get(template.id);
    if (open) {
      open.page.panel.reveal();
      return;
    }
    const page = new TemplatePageHost(this.#services, template);
    this.#pages.set(template.id, page);
    page.page.onClose(() => this.#pages.delete(template.id));
  }

  /** A mark changed. */
  refresh(id: string): void {
    void this.#pages.get(id)?.showTemplate();
  }

  dispose(): void {
    this.#store.dispose();
    for (const { page } of [...this.#pages.values()]) page.dispose();
  }

  #eachPage(work: (page: TemplatePageHost) => Promise<void>): void {
    for (const page of this.#pages.values()) void work(page);
  }
}

class TemplatePageHost {
  readonly page: WebPage<ToTemplatePage, FromTemplatePage>;
  readonly #services: TemplatePageServices;
  #template: Template;

  constructor(services: TemplatePageServices, template: Template) {
    this.#services = services;
    this.#template = template;
    const title = lineOfData(template.title).slice(0, 60);
    const { extensionUri } = services;
    this.page = new WebPage({ viewType: 'huntbook.template', title, bundle: 'template', icon: 'notebook-template', extensionUri }, (message) => void this.#receive(message));
  }

  async showTemplate(): Promise<void> {
    const { view, marks, worker } = this.#services;
    try {
      this.#template = await view.library.template(this.#template.id);
      const template = this.#template;
      const state = view.library.stateOf(template);
      const copy = state?.kind === 'read' ? state.copy : undefined;
      const source = state?.source;
      const commit = copy?.version === '' ? undefined : copy?.version;
      const address = source && isRemote(source) && commit !== undefined ? fileAddress(source.url, commit, template.id) : undefined;
      await this.page.post({
        type: 'template',
        shown: {
          template,
          sourceName: source?.name ?? '',
          favourite: marks.isFavourite(template.id),
          changed: view.isChanged(template),
          ...(commit === undefined ? {} : { commit }),
          ...(address === undefined ? {} : { address }),
        },
      });
      await this.showTables();
      await this.page.post({ type: 'details', details: await worker.call('details', { template }) });
    } catch (thrown) {
      await this.page.post({ type: 'failed', message: toHuntError(thrown).message });
    }
  }

  /** Tables of the workspace in use. One on this machine is connected for it; one in Azure, which may ask people to sign in, is not. */
  async showTables(): Promise<void> {
    const { workspaces } = this.#services;
    const names = this.#template.tables;
    const { chosen } = workspaces;
    let tables: TemplateTables = { tables: tableStates(names, undefined) };
    if (chosen.state.kind === 'known' && chosen.source.kind !== 'logAnalytics') {
      // Whether it worked, the change of its state tells.
      workspaces.connect(chosen.id).catch(() => undefined);
    }
    if (chosen.state.kind === 'connected') {
      const schema = await workspaces.schema(chosen.id).catch(() => undefined);
      tables = { workspace: chosen.name, tables: tableStates(names, schema) };
    }
    await this.page.post({ type: 'tables', tables });
  }

  async #receive(message: FromTemplatePage): Promise<void> {
    const node = { kind: 'entry', entry: this.#template };
    switch (message.type) {
      case 'ready':
        return this.showTemplate();
      case 'create':
        return vscode.commands.executeCommand('huntbook.createFromTemplate', node);
      case 'preview':
        return vscode.commands.executeCommand('huntbook.previewTemplate', node);
      case 'showChanges':
        return vscode.commands.executeCommand('huntbook.showTemplateChanges', node);
      case 'toggleFavourite': {
        const command = this.#services.marks.isFavourite(this.#template.id) ? 'huntbook.removeTemplateFavourite' : 'huntbook.addTemplateFavourite';
        return vscode.commands.executeCommand(command, node);
      }
      case 'connect':
        return vscode.commands.executeCommand('huntbook.selectWorkspace');
      case 'open':
        if (/^https:\/\//i.test(message.url)) await vscode.env.openExternal(vscode.Uri.parse(message.url, true));
    }
  }
}

/** Where GitHub shows a file as it was at a commit. */
function fileAddress(url: string, commit: string, id: string): string | undefined {
  const repository = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+?(?=\.git$|\/?$)/.exec(url)?.[0];
  if (repository === undefined || !/^[0-9a-f]{40}$/.test(commit)) return undefined;
  const file = id.slice(id.indexOf(':') + 1);
  return `${repository}/blob/${commit}/${file.split('/').map(encodeURIComponent).join('/')}`;
}
