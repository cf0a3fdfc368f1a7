import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { type TemplateGroup, groupTemplates, readTemplates } from '../templates/templateCatalogue';
import type { Template, TemplateEntry } from '../templates/template';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { type TableData, templateItem } from './templateItem';

export const TEMPLATES_VIEW = 'huntbook.templates';

export type TemplateNode = { readonly kind: 'group'; readonly group: TemplateGroup } | { readonly kind: 'entry'; readonly entry: TemplateEntry };

/** The Templates view: hunts by group, each with whether the workspace in use has data in the tables it needs. */
export class TemplatesView implements vscode.TreeDataProvider<TemplateNode>, Disposable {
  readonly #folder: string;
  readonly #workspaces: Workspaces;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  #entries: Promise<readonly TemplateEntry[]> | undefined;
  #data: { readonly workspace: string; readonly tables: TableData } | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param folder Where the bundled templates are. */
  constructor(folder: string, workspaces: Workspaces, log: vscode.LogOutputChannel) {
    this.#folder = folder;
    this.#workspaces = workspaces;
    this.#log = log;
    this.#store.add(vscode.window.createTreeView(TEMPLATES_VIEW, { treeDataProvider: this, showCollapseAll: true }));
    this.#store.add(workspaces.onDidChange(() => void this.#readTables()));
  }

  /** All that could be read, in the order of the view. */
  async templates(): Promise<readonly Template[]> {
    return (await this.#read()).filter((entry) => entry.kind === 'template');
  }

  refresh(): void {
    this.#entries = undefined;
    this.#data = undefined;
    this.#changed.fire();
    void this.#readTables();
  }

  getTreeItem(node: TemplateNode): vscode.TreeItem {
    return node.kind === 'group' ? groupItem(node.group) : templateItem(node.entry, this.#data?.tables);
  }

  async getChildren(node?: TemplateNode): Promise<TemplateNode[]> {
    if (!node) return groupTemplates(await this.#read()).map((group) => ({ kind: 'group', group }));
    return node.kind === 'group' ? node.group.entries.map((entry) => ({ kind: 'entry', entry })) : [];
  }

  dispose(): void {
    this.#store.dispose();
  }

  #read(): Promise<readonly TemplateEntry[]> {
    return (this.#entries ??= readTemplates(this.#folder).catch((thrown: unknown) => {
      this.#entries = undefined;
      this.#log.error(`Templates could not be read: ${String(thrown)}`);
      return [];
    }));
  }

  /** Marks follow the workspace in use once it is connected; connecting it is not this view's business. */
  async #readTables(): Promise<void> {
    const { chosen } = this.#workspaces;
    if (chosen.state.kind !== 'connected' || this.#data?.workspace === chosen.id) return;
    this.#data = { workspace: chosen.id, tables: new Map() };
    try {
      const { tables } = await this.#workspaces.schema(chosen.id);
      const counted = tables.flatMap(({ name, rowCount }) => (rowCount === undefined ? [] : [[name, rowCount] as const]));
      this.#data = { workspace: chosen.id, tables: new Map(counted) };
      this.#changed.fire();
    } catch (thrown) {
      this.#data = undefined;
      this.#log.warn(`Tables of ${chosen.id} could not be read: ${String(thrown)}`);
    }
  }
}

function groupItem(group: TemplateGroup): vscode.TreeItem {
  const item = new vscode.TreeItem(group.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group/${group.name}`;
  item.contextValue = 'group';
  return item;
}
