import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { WorkspaceSchema } from '../common/engineProtocol';
import { BUNDLED_SOURCE, type Template } from '../common/templates';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { tableStates } from '../templates/tableStates';
import { NO_GROUP, type TemplateGrouping, type TemplateSorting } from '../templates/templateOrder';
import { lineOfData } from './dataText';
import { templateItem } from './templateItem';
import { isRemote, type SourceState, type TemplateLibrary } from './templateLibrary';
import type { TemplateMarks } from './templateMarks';
import { childNodes, rootNodes, type TemplateLook, type TemplateNode } from './templateNodes';

export const TEMPLATES_VIEW = 'huntbook.templates';

const LOOK = 'huntbook.templatesLook';
const plainLook: TemplateLook = { grouping: 'folder', sorting: 'title', filter: '' };

/** The Templates view: by source and folder, by tactic or by table, each with whether the workspace in use has the data it needs. */
export class TemplatesView implements vscode.TreeDataProvider<TemplateNode>, Disposable {
  readonly #library: TemplateLibrary;
  readonly #workspaces: Workspaces;
  readonly #marks: TemplateMarks;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<TemplateNode>;
  #schema: { readonly workspace: string; readonly schema: WorkspaceSchema } | undefined;
  #new: ReadonlySet<string> = new Set();
  #changedSinceMade: ReadonlySet<string> = new Set();
  #ambiguous: ReadonlySet<string> = new Set();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    library: TemplateLibrary,
    workspaces: Workspaces,
    marks: TemplateMarks,
    memory: vscode.Memento,
    log: vscode.LogOutputChannel,
  ) {
    this.#library = library;
    this.#workspaces = workspaces;
    this.#marks = marks;
    this.#memory = memory;
    this.#log = log;
    this.#view = this.#store.add(vscode.window.createTreeView(TEMPLATES_VIEW, { treeDataProvider: this, showCollapseAll: true }));
    this.#store.add(library.onDidChange(() => this.redraw()));
    this.#store.add(workspaces.onDidChange(() => void this.#readSchema()));
    this.#store.add(this.#view.onDidChangeVisibility(({ visible }) => !visible && void this.#visited()));
    this.#describe();
  }

  get library(): TemplateLibrary {
    return this.#library;
  }

  get look(): TemplateLook {
    return { ...plainLook, ...this.#memory.get<Partial<TemplateLook>>(LOOK, {}) };
  }

  async setLook(change: Partial<TemplateLook>): Promise<void> {
    await this.#memory.update(LOOK, { ...this.look, ...change });
    this.#describe();
    this.redraw();
  }

  /** All that could be read, the bundled ones first. */
  async templates(): Promise<readonly Template[]> {
    return this.#library.templates();
  }

  refresh(): void {
    this.#schema = undefined;
    this.#library.refresh();
    void this.#readSchema();
  }

  redraw(): void {
    this.#changed.fire();
  }

  getTreeItem(node: TemplateNode): vscode.TreeItem {
    switch (node.kind) {
      case 'favourites':
        return folderItem('favourites', vscode.l10n.t('Favourites'), 'star-full', vscode.TreeItemCollapsibleState.Expanded);
      case 'source':
        return sourceItem(node.state);
      case 'group':
        return groupItem(node);
      case 'offer':
        return offerItem(node.state);
      case 'failure':
        return failureItem(node.state);
      case 'nothing':
        return nothingItem(node.state);
      case 'entry':
        return templateItem(node.entry, {
          place: node.place,
          tables: this.#schema && node.entry.kind === 'template' ? tableStates(node.entry.tables, this.#schema.schema) : undefined,
          isNew: this.#new.has(node.entry.id),
          isFavourite: this.#marks.isFavourite(node.entry.id),
          isChanged: this.#changedSinceMade.has(node.entry.id),
          isAmbiguous: node.entry.kind === 'template' && this.#ambiguous.has(titleKey(node.entry)),
        });
    }
  }

  async getChildren(node?: TemplateNode): Promise<TemplateNode[]> {
    if (node) return [...childNodes(node)];
    const states = await this.#library.states();
    await this.#note(states);
    return [...rootNodes(states, this.look, (id) => this.#marks.isFavourite(id))];
  }

  /** Whether a notebook was made of an earlier version. */
  isChanged(template: Template): boolean {
    return this.#changedSinceMade.has(template.id);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** What is new, what changed, which titles are not enough. */
  async #note(states: readonly SourceState[]): Promise<void> {
    const read = states.filter((state) => state.kind === 'read');
    const news = await Promise.all(read.map(({ source, entries }) => this.#marks.newIds(source.key, entries)));
    this.#new = new Set(news.flat());
    const changed = await this.#library.changedSinceMade().catch((thrown: unknown) => {
      this.#log.warn(`Changed templates could not be found: ${String(thrown)}`);
      return [];
    });
    this.#changedSinceMade = new Set(changed.map(({ templateId }) => templateId));
    this.#ambiguous = repeated(read.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'template' ? [titleKey(entry)] : []))));
    const count = this.#new.size;
    this.#view.badge = count === 0 ? undefined : { value: count, tooltip: vscode.l10n.t('{0} new templates', count) };
  }

  /** Whoever looked at the view has seen what is in it. */
  async #visited(): Promise<void> {
    if (this.#new.size === 0) return;
    for (const state of this.#library.latest) if (state.kind === 'read') await this.#marks.see(state.source.key, state.entries);
    this.redraw();
  }

  #describe(): void {
    const { filter, grouping } = this.look;
    this.#view.message = filter === '' ? '' : vscode.l10n.t('Filter: {0}', filter);
    this.#view.description = grouping === 'folder' ? '' : groupingNames()[grouping];
    void vscode.commands.executeCommand('setContext', 'huntbook.templatesFiltered', filter !== '');
  }

  /** Marks follow the workspace in use once it is connected; connecting it is not this view's business. */
  async #readSchema(): Promise<void> {
    const { chosen } = this.#workspaces;
    if (chosen.state.kind !== 'connected' || this.#schema?.workspace === chosen.id) return;
    try {
      this.#schema = { workspace: chosen.id, schema: await this.#workspaces.schema(chosen.id) };
      this.redraw();
    } catch (thrown) {
      this.#schema = undefined;
      this.#log.warn(`Tables of ${chosen.id} could not be read: ${String(thrown)}`);
    }
  }
}

/** For the picker and the view's title. */
export function groupingNames(): Readonly<Record<TemplateGrouping, string>> {
  return { folder: vscode.l10n.t('by folder'), tactic: vscode.l10n.t('by tactic'), dataSource: vscode.l10n.t('by table') };
}

export function sortingNames(): Readonly<Record<TemplateSorting, string>> {
  return { title: vscode.l10n.t('by title'), lastChange: vscode.l10n.t('by last change') };
}

function titleKey({ source, title }: Template): string {
  return `${source}\n${title}`;
}

function repeated(texts: readonly string[]): ReadonlySet<string> {
  const once = new Set<string>();
  return new Set(texts.filter((text) => once.has(text) || !once.add(text)));
}

function folderItem(id: string, label: string, icon: string | undefined, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.id = id;
  item.contextValue = 'group';
  if (icon !== undefined) item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function groupItem({ place, name, grouping, entries }: Extract<TemplateNode, { readonly kind: 'group' }>): vscode.TreeItem {
  const none = grouping === 'tactic' ? vscode.l10n.t('No tactic') : vscode.l10n.t('No table');
  const spaced = grouping === 'tactic' ? name.replace(/([a-z])([A-Z])/g, '$1 $2') : name;
  const open = place === BUNDLED_SOURCE ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = folderItem(`group/${place}/${name}`, lineOfData(name === NO_GROUP ? none : spaced), undefined, open);
  item.description = place === BUNDLED_SOURCE ? '' : String(entries.length);
  return item;
}

function sourceItem(state: SourceState): vscode.TreeItem {
  const { source } = state;
  const open = source.kind === 'bundled' || state.kind === 'absent' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = folderItem(`source/${source.key}`, lineOfData(source.name), sourceIcons[source.kind], open);
  item.contextValue = isRemote(source) ? 'source.remote' : 'source';
  const copy = state.kind === 'read' || state.kind === 'failed' ? state.copy : undefined;
  if (state.kind === 'read') item.description = copy ? `${state.entries.length} · ${copy.version.slice(0, 7)}` : String(state.entries.length);
  const where = isRemote(source) ? source.url : source.kind === 'folder' ? source.path : '';
  const when = copy ? vscode.l10n.t('Downloaded {0}', new Date(copy.downloadedAt).toLocaleString()) : '';
  item.tooltip = [source.name, where, when].filter((line) => line !== '').join('\n');
  return item;
}

const sourceIcons: Readonly<Record<SourceState['source']['kind'], string>> = {
  bundled: 'library',
  workspaceQueries: 'search',
  folder: 'folder-library',
  git: 'repo',
  archive: 'file-zip',
};

function offerItem(state: SourceState): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Download…'), vscode.TreeItemCollapsibleState.None);
  item.id = `offer/${state.source.key}`;
  item.contextValue = 'offer';
  item.iconPath = new vscode.ThemeIcon('cloud-download');
  item.description = isRemote(state.source) ? lineOfData(state.source.url) : '';
  item.command = { command: 'huntbook.downloadTemplates', title: vscode.l10n.t('Download Templates'), arguments: [{ kind: 'source', state }] };
  return item;
}

function failureItem(state: Extract<SourceState, { readonly kind: 'failed' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(state.source.name), vscode.TreeItemCollapsibleState.None);
  item.id = `failure/${state.source.key}`;
  item.contextValue = 'broken';
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.description = lineOfData(state.error.message);
  item.tooltip = state.error.message;
  return item;
}

function nothingItem({ source, kind }: SourceState): vscode.TreeItem {
  const none = source.kind === 'workspaceQueries' ? vscode.l10n.t('The workspace in use has none, or is not connected.') : vscode.l10n.t('No notebooks and no queries');
  const isLoading = kind === 'loading';
  const item = new vscode.TreeItem(isLoading ? vscode.l10n.t('Reading…') : none, vscode.TreeItemCollapsibleState.None);
  item.id = `nothing/${source.key}`;
  item.iconPath = new vscode.ThemeIcon(isLoading ? 'loading~spin' : 'info');
  return item;
}
