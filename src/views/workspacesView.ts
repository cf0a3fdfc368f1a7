import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { type WorkspaceNode, columnItem, signInItem, tableItem, workspaceItem } from './workspaceNodes';

export const WORKSPACES_VIEW = 'huntbook.workspaces';

/** The Workspaces view: workspaces, their tables, their columns. A workspace is connected when it is opened or in use. */
export class WorkspacesView implements vscode.TreeDataProvider<WorkspaceNode>, Disposable {
  readonly #workspaces: Workspaces;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<WorkspaceNode>;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(workspaces: Workspaces, log: vscode.LogOutputChannel) {
    this.#workspaces = workspaces;
    this.#log = log;
    this.#view = this.#store.add(vscode.window.createTreeView(WORKSPACES_VIEW, { treeDataProvider: this, showCollapseAll: true }));
    this.#store.add(this.#view.onDidChangeVisibility(() => this.#connectChosen()));
    this.#store.add(
      workspaces.onDidChange(() => {
        this.#changed.fire();
        this.#connectChosen();
      }),
    );
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
  }

  getTreeItem(node: WorkspaceNode): vscode.TreeItem {
    switch (node.kind) {
      case 'workspace':
        return workspaceItem(node.entry, node.entry.id === this.#workspaces.chosen.id);
      case 'table':
        return tableItem(node, new Date());
      case 'column':
        return columnItem(node);
      case 'signIn':
        return signInItem();
    }
  }

  async getChildren(node?: WorkspaceNode): Promise<WorkspaceNode[]> {
    if (!vscode.workspace.isTrusted) return [];
    if (!node) {
      this.#connectChosen();
      return [...this.#workspaces.entries.map((entry) => ({ kind: 'workspace', entry }) as const), { kind: 'signIn' }];
    }
    if (node.kind === 'workspace') return this.#tables(node.entry.id);
    return node.kind === 'table' ? node.table.columns.map((column) => ({ ...node, kind: 'column', column })) : [];
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #tables(id: string): Promise<WorkspaceNode[]> {
    const schema = await this.#workspaces.schema(id);
    const entry = this.#workspaces.find(id);
    return entry ? schema.tables.map((table) => ({ kind: 'table', entry, table })) : [];
  }

  #connectChosen(): void {
    const { chosen } = this.#workspaces;
    if (!this.#view.visible || !vscode.workspace.isTrusted || chosen.state.kind !== 'known') return;
    this.#workspaces.connect(chosen.id).catch((thrown: unknown) => this.#log.warn(`Workspace ${chosen.id}: ${String(thrown)}`));
  }
}
