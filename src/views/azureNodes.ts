import * as vscode from 'vscode';
import type { AzureAccount } from '../auth/vscodeAccounts';
import type { AzureDirectory, AzureProblem, AzureTenant, AzureWorkspace } from '../common/azure';
import type { HuntError } from '../common/errors';
import type { DirectoryState } from '../notebook/vscodeAzureWorkspaces';
import { lineOfData } from './dataText';

export interface AzureSubscription {
  readonly id: string;
  readonly name: string;
  readonly workspaces: readonly AzureWorkspace[];
}

/** The way through Azure to a workspace, and what stands in it. */
export type AzureNode =
  | { readonly kind: 'signIn' }
  | { readonly kind: 'account'; readonly account: AzureAccount }
  | { readonly kind: 'tenant'; readonly account: AzureAccount; readonly branch: TenantBranch }
  | { readonly kind: 'subscription'; readonly account: AzureAccount; readonly tenantId: string; readonly subscription: AzureSubscription }
  | { readonly kind: 'note'; readonly id: string; readonly text: string; readonly detail: string; readonly icon: string; readonly command?: vscode.Command };

export interface TenantBranch {
  readonly tenant: AzureTenant;
  readonly subscriptions: readonly AzureSubscription[];
  readonly problem?: AzureProblem | undefined;
}

/**
 * Tenants with their subscriptions and workspaces with Sentinel, by name; with a filter, only what it is found in. Other workspaces would
 * bury them: whoever wants one names it, or enters its id.
 */
export function tenantBranches({ tenants, workspaces, problems }: AzureDirectory, filter: string): readonly TenantBranch[] {
  const wanted = filter.toLowerCase();
  const branches = tenants.map((tenant): TenantBranch => {
    const names = [tenant.name, tenant.domain ?? '', tenant.tenantId];
    const ofTenant = workspaces.filter(({ tenantId, hasSentinel }) => hasSentinel && tenantId === tenant.tenantId);
    const shown = ofTenant.filter(({ name, subscriptionName = '', customerId }) =>
      [name, subscriptionName, customerId, ...names].some((text) => text.toLowerCase().includes(wanted)),
    );
    const problem = problems.find(({ tenantId }) => tenantId === tenant.tenantId);
    return { tenant, subscriptions: subscriptionsOf(shown), ...(problem ? { problem } : {}) };
  });
  const kept = wanted === '' ? branches : branches.filter(({ subscriptions }) => subscriptions.length > 0);
  return kept.toSorted((left, right) => left.tenant.name.localeCompare(right.tenant.name));
}

function subscriptionsOf(workspaces: readonly AzureWorkspace[]): readonly AzureSubscription[] {
  const byId = new Map<string, AzureWorkspace[]>();
  for (const workspace of workspaces) {
    const id = workspace.subscriptionId ?? '';
    const group = byId.get(id);
    if (group) group.push(workspace);
    else byId.set(id, [workspace]);
  }
  const subscriptions = [...byId].map(([id, group]): AzureSubscription => {
    const named = group.find(({ subscriptionName }) => subscriptionName !== undefined);
    return { id, name: named?.subscriptionName ?? id, workspaces: group.toSorted((left, right) => left.name.localeCompare(right.name)) };
  });
  return subscriptions.sort((left, right) => left.name.localeCompare(right.name));
}

export function azureItem(node: AzureNode, directory: (accountId: string) => DirectoryState): vscode.TreeItem {
  switch (node.kind) {
    case 'signIn':
      return signInItem();
    case 'account':
      return accountItem(node.account, directory(node.account.id));
    case 'tenant':
      return tenantItem(node.account, node.branch);
    case 'subscription':
      return subscriptionItem(node.account, node.tenantId, node.subscription);
    case 'note':
      return noteItem(node);
  }
}

/** What stands in an account whose directory could not be read. */
export function failureNote(account: AzureAccount, error: HuntError): AzureNode {
  const id = `azure/${account.id}/failure`;
  if (error.data.kind === 'signInNeeded') {
    return signInNote(id, vscode.l10n.t('Sign in as {0}…', account.label), error.message, { account: account.id });
  }
  const title = vscode.l10n.t('Try again');
  const command = { command: 'huntbook.refreshWorkspaces', title };
  return { kind: 'note', id, text: error.message, detail: title, icon: 'error', command };
}

/** What stands in a tenant without a workspace to show. */
export function tenantNote(account: AzureAccount, { tenant, problem }: TenantBranch): AzureNode {
  const id = `azure/${account.id}/${tenant.tenantId}/note`;
  if (!problem) {
    const text = vscode.l10n.t('No workspace with Microsoft Sentinel');
    return { kind: 'note', id, text, detail: vscode.l10n.t('None that this account may see'), icon: 'info' };
  }
  if (problem.signInNeeded !== true) return { kind: 'note', id, text: problem.message, detail: '', icon: 'error' };
  const wish = { account: account.id, tenant: tenant.tenantId };
  return signInNote(id, vscode.l10n.t('Sign in to {0}…', tenant.name), problem.message, wish);
}

function signInNote(id: string, text: string, detail: string, wish: object): AzureNode {
  return { kind: 'note', id, text, detail, icon: 'sign-in', command: { command: 'huntbook.signIn', title: text, arguments: [wish] } };
}

function signInItem(): vscode.TreeItem {
  const title = vscode.l10n.t('Sign in to Azure…');
  const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.None);
  item.id = 'signIn';
  item.iconPath = new vscode.ThemeIcon('azure');
  item.contextValue = 'signIn';
  item.tooltip = vscode.l10n.t('Microsoft Sentinel workspaces of your tenants, with a Microsoft account of VS Code');
  item.command = { command: 'huntbook.signIn', title };
  return item;
}

function accountItem(account: AzureAccount, state: DirectoryState): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(account.label), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `azure/${account.id}`;
  item.iconPath = new vscode.ThemeIcon(state.kind === 'reading' ? 'loading~spin' : 'account');
  item.description = directoryText(state);
  item.contextValue = 'account';
  item.tooltip = vscode.l10n.t('Azure as {0}. Sign out in the Accounts menu of VS Code.', account.label);
  return item;
}

function directoryText(state: DirectoryState): string {
  switch (state.kind) {
    case 'unread':
      return vscode.l10n.t('Azure');
    case 'reading':
      return state.progress === '' ? vscode.l10n.t('reading…') : state.progress;
    case 'read': {
      const { tenants, workspaces, problems } = state.directory;
      const withSentinel = workspaces.filter(({ hasSentinel }) => hasSentinel).length;
      const counts = vscode.l10n.t('{0} tenants, {1} workspaces', tenants.length, withSentinel);
      return problems.length === 0 ? counts : vscode.l10n.t('{0}, {1} not read', counts, problems.length);
    }
    case 'failed':
      return state.error.data.kind === 'signInNeeded' ? vscode.l10n.t('not signed in to Huntbook') : vscode.l10n.t('not read');
  }
}

function tenantItem(account: AzureAccount, { tenant, subscriptions, problem }: TenantBranch): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(tenant.name), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `azure/${account.id}/${tenant.tenantId}`;
  item.iconPath = problem ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')) : new vscode.ThemeIcon('organization');
  const count = subscriptions.reduce((sum, { workspaces }) => sum + workspaces.length, 0);
  item.description = problem ? lineOfData(problem.message) : [tenant.domain ?? '', String(count)].filter((part) => part !== '').join(' · ');
  item.contextValue = 'tenant';
  item.tooltip = [tenant.name, tenant.domain, tenant.tenantId, problem?.message].filter((part) => part !== undefined).map(lineOfData).join('\n');
  return item;
}

function subscriptionItem(account: AzureAccount, tenantId: string, { id, name, workspaces }: AzureSubscription): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(name), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `azure/${account.id}/${tenantId}/${id}`;
  item.iconPath = new vscode.ThemeIcon('key');
  item.description = String(workspaces.length);
  item.contextValue = 'subscription';
  item.tooltip = vscode.l10n.t('Subscription {0}', id);
  return item;
}

function noteItem({ id, text, detail, icon, command }: Extract<AzureNode, { readonly kind: 'note' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(text), vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = 'note';
  item.tooltip = [text, detail].filter((part) => part !== '').map(lineOfData).join('\n');
  if (command) item.command = command;
  return item;
}
