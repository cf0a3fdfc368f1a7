import * as vscode from 'vscode';
import type { AzureAccount, AzureAccounts } from '../auth/vscodeAccounts';
import type { AzureSettings } from '../auth/vscodeAzureSettings';
import { type Disposable, DisposableStore } from '../common/disposable';
import { type HuntError, toHuntError } from '../common/errors';
import { type AzureWorkspaces, OTHER_ACCOUNT } from '../notebook/vscodeAzureWorkspaces';
import type { WorkspaceEntry, Workspaces } from '../notebook/vscodeWorkspaces';
import { type AzureNode, azureItem, failureNote, tenantBranches, tenantNote } from './azureNodes';
import {
  type WorkspaceNode,
  columnItem,
  functionItem,
  functionsItem,
  schemaNodes,
  tableItem,
  tableNodes,
  tablesItem,
  workspaceItem,
} from './workspaceNodes';

export const WORKSPACES_VIEW = 'huntbook.workspaces';

const FILTER = 'huntbook.azureFilter';

type Node = WorkspaceNode | AzureNode;

/**
 * The Workspaces view: at the top the workspaces at hand, below them Azure by account, tenant and subscription. A workspace is connected
 * when it is opened or in use. Nothing here asks people to sign in: what needs it offers it.
 */
export class WorkspacesView implements vscode.TreeDataProvider<Node>, Disposable {
  readonly #workspaces: Workspaces;
  readonly #azure: AzureWorkspaces;
  readonly #accounts: AzureAccounts;
  readonly #settings: AzureSettings;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<Node>;
  /** Undefined until they were read. */
  #known: readonly AzureAccount[] | undefined;
  #reading: Promise<void> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    workspaces: Workspaces,
    azure: AzureWorkspaces,
    accounts: AzureAccounts,
    settings: AzureSettings,
    memory: vscode.Memento,
    log: vscode.LogOutputChannel,
  ) {
    this.#workspaces = workspaces;
    this.#azure = azure;
    this.#accounts = accounts;
    this.#settings = settings;
    this.#memory = memory;
    this.#log = log;
    this.#view = this.#store.add(vscode.window.createTreeView(WORKSPACES_VIEW, { treeDataProvider: this, showCollapseAll: true }));
    this.#store.add(this.#view.onDidChangeVisibility(() => this.#connectChosen()));
    // Comes also when something about Azure or the accounts changed.
    this.#store.add(
      workspaces.onDidChange(() => {
        this.#changed.fire();
        this.#connectChosen();
      }),
    );
    this.#store.add(
      settings.onDidChange(() => {
        this.#known = undefined;
        this.#changed.fire();
      }),
    );
    this.#store.add(accounts.onDidChange(() => void this.#readAccounts()));
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
    this.#describe();
  }

  /** Part of a name that tenants, subscriptions or workspaces in Azure must have to be shown; '' shows all. */
  get filter(): string {
    return this.#memory.get(FILTER, '');
  }

  async setFilter(filter: string): Promise<void> {
    await this.#memory.update(FILTER, filter === '' ? undefined : filter);
    this.#describe();
    this.#changed.fire();
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'workspace':
        return workspaceItem(node, this.#useOf(node.entry), new Date());
      case 'tables':
        return tablesItem(node);
      case 'functions':
        return functionsItem(node);
      case 'function':
        return functionItem(node);
      case 'table':
        return tableItem(node, new Date());
      case 'column':
        return columnItem(node);
      default:
        return azureItem(node, (accountId) => this.#azure.directory(accountId));
    }
  }

  async getChildren(node?: Node): Promise<Node[]> {
    return vscode.workspace.isTrusted ? [...(await this.#children(node))] : [];
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #children(node: Node | undefined): Promise<readonly Node[]> {
    switch (node?.kind) {
      case undefined:
        this.#connectChosen();
        return [...this.#atTheTop(), ...this.#accountNodes()];
      case 'workspace':
        return this.#schemaNodes(node.place, node.entry.id);
      case 'tables':
        return tableNodes(`${node.place}${node.solution}/`, node.entry, node.tables);
      case 'functions':
        return node.functions.map((one) => ({ ...node, kind: 'function', function: one }));
      case 'table':
        return node.table.columns.map((column) => ({ ...node, kind: 'column', column }));
      case 'account':
        return this.#tenantNodes(node.account);
      case 'tenant': {
        const { account, branch } = node;
        if (branch.subscriptions.length === 0) return [tenantNote(account, branch)];
        return branch.subscriptions.map((subscription) => ({ kind: 'subscription', account, tenantId: branch.tenant.tenantId, subscription }));
      }
      case 'subscription': {
        const place = `azure/${node.account.id}/`;
        return node.subscription.workspaces.flatMap(({ customerId }): Node[] => {
          const entry = this.#workspaces.find(customerId);
          return entry ? [{ kind: 'workspace', place, entry }] : [];
        });
      }
      default:
        return [];
    }
  }

  /** The sample, local folders, and of Azure what was used or marked. */
  #atTheTop(): readonly Node[] {
    const { chosen } = this.#workspaces;
    const atHand = this.#workspaces.entries.filter(
      ({ id, source }) => source.kind !== 'logAnalytics' || id === chosen.id || this.#azure.isPinned(source.workspace.customerId),
    );
    return atHand.map((entry) => ({ kind: 'workspace', place: '', entry }));
  }

  /** What stands at the top does not wait for VS Code's account provider, which may have to start first. */
  #accountNodes(): readonly Node[] {
    const { credential } = this.#settings;
    if (credential !== 'vscode') return [{ kind: 'account', account: { id: OTHER_ACCOUNT, label: vscode.l10n.t('Azure ({0})', credential) } }];
    if (!this.#known) {
      this.#reading ??= this.#readAccounts();
      return [];
    }
    return this.#known.length === 0 ? [{ kind: 'signIn' }] : this.#known.map((account) => ({ kind: 'account', account }));
  }

  async #readAccounts(): Promise<void> {
    this.#known = await this.#accounts.list();
    this.#reading = undefined;
    this.#changed.fire();
  }

  async #tenantNodes(account: AzureAccount): Promise<readonly Node[]> {
    const state = this.#azure.directory(account.id);
    if (state.kind === 'failed') return [failureNote(account, state.error)];
    try {
      const branches = tenantBranches(await this.#azure.read(account.id), this.filter);
      return branches.map((branch) => ({ kind: 'tenant', account, branch }));
    } catch (thrown) {
      return [failureNote(account, toHuntError(thrown))];
    }
  }

  async #schemaNodes(place: string, id: string): Promise<readonly Node[]> {
    const { state } = this.#workspaces.find(id) ?? {};
    // It is not tried again by itself: each try ends in a new look at the tree.
    if (state?.kind === 'failed') return [failedNote(`${place}${id}`, id, state.error)];
    const schema = await this.#workspaces.schema(id);
    const entry = this.#workspaces.find(id);
    return entry ? schemaNodes(place, entry, schema) : [];
  }

  #useOf({ id, source }: WorkspaceEntry): { readonly chosen: boolean; readonly favourite: boolean; readonly pinned: boolean } {
    const chosen = id === this.#workspaces.chosen.id;
    if (source.kind !== 'logAnalytics') return { chosen, favourite: false, pinned: false };
    const { customerId } = source.workspace;
    return { chosen, favourite: this.#azure.isFavourite(customerId), pinned: this.#azure.isPinned(customerId) };
  }

  #describe(): void {
    this.#view.message = this.filter === '' ? '' : vscode.l10n.t('Azure: only “{0}”', this.filter);
    void vscode.commands.executeCommand('setContext', 'huntbook.azureFiltered', this.filter !== '');
  }

  #connectChosen(): void {
    const { chosen } = this.#workspaces;
    if (!this.#view.visible || !vscode.workspace.isTrusted || chosen.state.kind !== 'known') return;
    this.#workspaces.connect(chosen.id).catch((thrown: unknown) => this.#log.warn(`Workspace ${chosen.id}: ${String(thrown)}`));
  }
}

/** In a workspace that could not be opened. */
function failedNote(place: string, id: string, { data, message }: HuntError): AzureNode {
  const signIn = data.kind === 'signInNeeded';
  const title = signIn ? vscode.l10n.t('Sign in…') : vscode.l10n.t('Try again');
  const command = { command: 'huntbook.refreshWorkspace', title, arguments: [{ entry: { id } }] };
  const [text, detail] = signIn ? [title, message] : [message, title];
  return { kind: 'note', id: `${place}/failure`, text, detail, icon: signIn ? 'sign-in' : 'error', command };
}
