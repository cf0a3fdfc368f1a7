import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import { type Disposable, DisposableStore } from '../common/disposable';
import { toHuntError } from '../common/errors';
import type { Bookmark, HuntingQuery, Watchlist } from '../common/sentinelService';
import type { EngineClient } from '../notebook/engineClient';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { formatAge } from '../sentinel/age';
import { spacedName } from '../sentinel/incidentSummary';
import { appendData, lineOfData } from './dataText';

export const SENTINEL_VIEW = 'huntbook.sentinel';

export type SentinelNode =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'watchlist'; readonly workspaceId: string; readonly watchlist: Watchlist }
  | { readonly kind: 'huntingQuery'; readonly workspaceId: string; readonly query: HuntingQuery }
  | { readonly kind: 'bookmark'; readonly workspaceId: string; readonly bookmark: Bookmark }
  | { readonly kind: 'message'; readonly text: string; readonly icon: string };

const groups = ['watchlists', 'huntingQueries', 'bookmarks'] as const;
type Group = (typeof groups)[number];

/** What Sentinel keeps for hunters of the workspace in use: watchlists, hunting queries, bookmarks. Read when a group is opened. */
export class SentinelView implements vscode.TreeDataProvider<SentinelNode>, Disposable {
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<SentinelNode>;
  #workspaceId: string;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(engine: EngineClient, workspaces: Workspaces, accounts: AzureAccounts) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#accounts = accounts;
    this.#workspaceId = workspaces.chosen.id;
    this.#view = this.#store.add(vscode.window.createTreeView(SENTINEL_VIEW, { treeDataProvider: this, canSelectMany: true }));
    this.#store.add(
      workspaces.onDidChange(() => {
        if (workspaces.chosen.id === this.#workspaceId) return;
        this.#workspaceId = workspaces.chosen.id;
        this.refresh();
      }),
    );
    this.#view.description = workspaces.chosen.name;
  }

  refresh(): void {
    this.#view.description = this.#workspaces.chosen.name;
    this.#changed.fire();
  }

  getTreeItem(node: SentinelNode): vscode.TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node.group);
      case 'watchlist':
        return watchlistItem(node.watchlist);
      case 'huntingQuery':
        return queryItem(node.query);
      case 'bookmark':
        return bookmarkItem(node.bookmark);
      case 'message': {
        const item = new vscode.TreeItem(lineOfData(node.text));
        item.iconPath = new vscode.ThemeIcon(node.icon);
        item.tooltip = node.text;
        return item;
      }
    }
  }

  async getChildren(node?: SentinelNode): Promise<SentinelNode[]> {
    if (!vscode.workspace.isTrusted) return [];
    if (!node) return groups.map((group) => ({ kind: 'group', group }));
    if (node.kind !== 'group') return [];
    try {
      const children = await this.#read(node.group);
      return children.length > 0 ? children : [{ kind: 'message', text: vscode.l10n.t('None'), icon: 'circle-slash' }];
    } catch (thrown) {
      return [{ kind: 'message', text: toHuntError(thrown).message, icon: 'warning' }];
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(group: Group): Promise<SentinelNode[]> {
    const { id: workspaceId } = await this.#accounts.withSignIn(() => this.#workspaces.connect(this.#workspaceId));
    const byName = (left: { readonly name: string }, right: { readonly name: string }): number => left.name.localeCompare(right.name);
    switch (group) {
      case 'watchlists': {
        const watchlists = await this.#engine.call('listWatchlists', { workspaceId });
        return [...watchlists].sort(byName).map((watchlist) => ({ kind: 'watchlist', workspaceId, watchlist }));
      }
      case 'huntingQueries': {
        const queries = await this.#engine.call('listHuntingQueries', { workspaceId });
        return [...queries].sort(byName).map((query) => ({ kind: 'huntingQuery', workspaceId, query }));
      }
      case 'bookmarks': {
        const bookmarks = await this.#engine.call('listBookmarks', { workspaceId });
        const newest = [...bookmarks].sort((left, right) => Date.parse(right.createdTime) - Date.parse(left.createdTime));
        return newest.map((bookmark) => ({ kind: 'bookmark', workspaceId, bookmark }));
      }
    }
  }
}

function groupItem(group: Group): vscode.TreeItem {
  const { t } = vscode.l10n;
  const looks: Readonly<Record<Group, readonly [string, string]>> = {
    watchlists: [t('Watchlists'), 'list-unordered'],
    huntingQueries: [t('Hunting queries'), 'telescope'],
    bookmarks: [t('Bookmarks'), 'bookmark'],
  };
  const [label, icon] = looks[group];
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = group;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = `sentinel.${group}`;
  return item;
}

function watchlistItem({ alias, name, description, itemCount, columns, searchKey }: Watchlist): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(alias));
  item.id = `watchlist ${alias}`;
  item.description = itemCount === undefined ? lineOfData(name) : vscode.l10n.t('{0} items', itemCount);
  item.iconPath = new vscode.ThemeIcon('list-flat');
  item.contextValue = 'watchlist';
  const about = [name, description, vscode.l10n.t('Search key {0}; columns {1}', searchKey, columns.map((column) => column.name).join(', '))];
  item.tooltip = tooltip(about);
  return item;
}

function queryItem({ id, name, description, tactics, techniques, query }: HuntingQuery): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(name));
  item.id = `query ${id}`;
  item.description = lineOfData(tactics.map(spacedName).join(', '));
  item.iconPath = new vscode.ThemeIcon('search');
  item.contextValue = 'huntingQuery';
  const markdown = tooltip([name, description, techniques.join(', ')]);
  markdown.appendCodeblock(query.slice(0, 2000), 'kusto');
  item.tooltip = markdown;
  return item;
}

function bookmarkItem({ id, name, createdBy, createdTime, notes, incidentNumbers }: Bookmark): vscode.TreeItem {
  const item = new vscode.TreeItem(lineOfData(name));
  item.id = `bookmark ${id}`;
  const incidents = incidentNumbers.map((number) => `#${number}`).join(', ');
  item.description = [incidents, lineOfData(createdBy), formatAge(createdTime, new Date())].filter((part) => part !== '').join(' · ');
  item.iconPath = new vscode.ThemeIcon('bookmark');
  item.contextValue = 'bookmark';
  item.tooltip = tooltip([name, notes]);
  return item;
}

/** Text of others, as text. */
function tooltip(lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  lines
    .filter((line) => line !== '')
    .forEach((line, nth) => {
      if (nth > 0) markdown.appendMarkdown('\n\n');
      appendData(markdown, line);
    });
  return markdown;
}
