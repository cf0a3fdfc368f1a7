import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { IncidentPage } from '../common/engineProtocol';
import { toHuntError } from '../common/errors';
import type { Incident, IncidentOwner } from '../common/incidents';
import type { EngineClient } from '../notebook/engineClient';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { lineOfData } from './dataText';
import { type IncidentFilter, type IncidentOrder, describeFilter, everyIncident, incidentQuery, isFiltered, readFilter, readOrder } from './incidentFilter';
import { incidentItem } from './incidentItem';

export const INCIDENTS_VIEW = 'huntbook.incidents';
export const INCIDENTS_PER_PAGE = 50;

const FILTER = 'huntbook.incidentFilter';
const ORDER = 'huntbook.incidentOrder';

export type IncidentNode =
  | { readonly kind: 'incident'; readonly incident: Incident; readonly workspaceId: string }
  | { readonly kind: 'more'; readonly left: number; readonly leftIsLeast: boolean };

/** What the view has loaded of a workspace's incidents: the pages so far, as one. */
interface Loaded extends IncidentPage {
  readonly workspaceId: string;
}

/** The Incidents view: those of the workspace in use, filtered, sorted, page by page. */
export class IncidentsView implements vscode.TreeDataProvider<IncidentNode>, Disposable {
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<IncidentNode>;
  #loaded: Promise<Loaded> | undefined;
  #failed = false;
  #workspaceId: string;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(engine: EngineClient, workspaces: Workspaces, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#memory = memory;
    this.#log = log;
    this.#workspaceId = workspaces.chosen.id;
    this.#view = this.#store.add(vscode.window.createTreeView(INCIDENTS_VIEW, { treeDataProvider: this }));
    this.#store.add(workspaces.onDidChange(() => this.#followChoice()));
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.refresh()));
    this.#describe();
  }

  get filter(): IncidentFilter {
    return readFilter(this.#memory.get(FILTER));
  }

  get order(): IncidentOrder {
    return readOrder(this.#memory.get(ORDER));
  }

  /** Owners of the incidents that the view has loaded, to be offered. */
  async owners(): Promise<readonly IncidentOwner[]> {
    const loaded = await (this.#loaded ??= this.#load());
    const byName = new Map(loaded.incidents.flatMap(({ owner }) => (owner ? [[owner.name, owner] as const] : [])));
    return [...byName.values()].sort((left, right) => left.name.localeCompare(right.name));
  }

  /** An incident is like this now: shown in its place, whatever the filter and the order would say of it. */
  update(workspaceId: string, incident: Incident): void {
    const before = this.#loaded;
    this.#loaded = before?.then((loaded) => {
      if (loaded.workspaceId !== workspaceId) return loaded;
      return { ...loaded, incidents: loaded.incidents.map((one) => (one.number === incident.number ? incident : one)) };
    });
    this.#changed.fire();
    this.#countNew(workspaceId).catch((thrown: unknown) => this.#log.warn(`New incidents could not be counted: ${String(thrown)}`));
  }

  async setFilter(filter: IncidentFilter): Promise<void> {
    await this.#memory.update(FILTER, isFiltered(filter) ? filter : undefined);
    this.refresh();
  }

  async clearFilter(): Promise<void> {
    await this.setFilter(everyIncident);
  }

  async setOrder(order: IncidentOrder): Promise<void> {
    await this.#memory.update(ORDER, order);
    this.refresh();
  }

  refresh(): void {
    this.#loaded = undefined;
    this.#failed = false;
    this.#describe();
    this.#changed.fire();
  }

  /** Adds the next page, when there is one. */
  async loadMore(): Promise<void> {
    const before = await this.#loaded;
    if (before?.next === undefined) return;
    const page = await this.#read(before.workspaceId, before.next);
    // What was changed meanwhile may stand on two pages.
    const shown = new Set(before.incidents.map(({ number }) => number));
    const incidents = [...before.incidents, ...page.incidents.filter(({ number }) => !shown.has(number))];
    this.#loaded = Promise.resolve({ ...page, workspaceId: before.workspaceId, incidents });
    this.#changed.fire();
  }

  getTreeItem(node: IncidentNode): vscode.TreeItem {
    return node.kind === 'incident' ? incidentItem(node.incident, node.workspaceId, new Date()) : moreItem(node.left, node.leftIsLeast);
  }

  async getChildren(node?: IncidentNode): Promise<IncidentNode[]> {
    if (node || !vscode.workspace.isTrusted) return [];
    try {
      const { workspaceId, incidents, total, totalIsLeast = false, next } = await (this.#loaded ??= this.#load());
      await this.#setState(incidents.length > 0 ? 'some' : isFiltered(this.filter) ? 'filtered' : 'none');
      const nodes: IncidentNode[] = incidents.map((incident) => ({ kind: 'incident', incident, workspaceId }));
      return next === undefined ? nodes : [...nodes, { kind: 'more', left: total - incidents.length, leftIsLeast: totalIsLeast }];
    } catch (thrown) {
      this.#loaded = undefined;
      this.#failed = true;
      const { data, message } = toHuntError(thrown);
      this.#log.warn(`Incidents could not be read: ${message}`);
      this.#view.message = lineOfData(message);
      await this.#setState(data.kind === 'signInNeeded' ? 'signIn' : 'failed');
      return [];
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #load(): Promise<Loaded> {
    const info = await this.#workspaces.connect(this.#workspaceId);
    const [page] = await Promise.all([this.#read(info.id, undefined), this.#countNew(info.id)]);
    return { workspaceId: info.id, ...page };
  }

  #read(workspaceId: string, next: string | undefined): Promise<IncidentPage> {
    const query = incidentQuery(this.filter, this.order, INCIDENTS_PER_PAGE, Date.now(), next);
    return this.#engine.call('listIncidents', { workspaceId, query });
  }

  /** The badge tells what nobody has looked at yet, whatever the filter hides. */
  async #countNew(workspaceId: string): Promise<void> {
    const query = incidentQuery({ statuses: ['New'], severities: [] }, { orderBy: 'number', descending: true }, 1, Date.now());
    const { total, totalIsLeast = false } = await this.#engine.call('listIncidents', { workspaceId, query });
    // Another workspace may have been chosen meanwhile.
    if (workspaceId !== this.#workspaceId) return;
    const tooltip = totalIsLeast ? vscode.l10n.t('{0} or more new incidents', total) : vscode.l10n.t('{0} new incidents', total);
    this.#view.badge = total === 0 ? undefined : { value: total, tooltip };
  }

  #followChoice(): void {
    const { id, state } = this.#workspaces.chosen;
    // What failed for want of a connection is there once there is one.
    const isBack = this.#failed && state.kind === 'connected';
    if (id === this.#workspaceId && !isBack) return;
    this.#workspaceId = id;
    this.#view.badge = undefined;
    this.refresh();
  }

  #describe(): void {
    const filtered = isFiltered(this.filter);
    this.#view.description = this.#workspaces.find(this.#workspaceId)?.name ?? '';
    this.#view.message = filtered ? vscode.l10n.t('Only {0}', describeFilter(this.filter)) : '';
    void vscode.commands.executeCommand('setContext', 'huntbook.incidentsFiltered', filtered);
  }

  async #setState(state: 'some' | 'none' | 'filtered' | 'failed' | 'signIn'): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'huntbook.incidents', state);
  }
}

function moreItem(left: number, leftIsLeast: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more…'), vscode.TreeItemCollapsibleState.None);
  item.id = 'more';
  item.description = leftIsLeast ? vscode.l10n.t('{0} or more left', left) : vscode.l10n.t('{0} left', left);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'huntbook.loadMoreIncidents', title: vscode.l10n.t('Load more…') };
  return item;
}
