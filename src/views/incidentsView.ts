import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { Poller } from '../common/poller';
import type { IncidentPage } from '../common/engineProtocol';
import { toHuntError } from '../common/errors';
import type { Incident, IncidentOwner } from '../common/incidents';
import type { EngineClient } from '../notebook/engineClient';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { lineOfData } from './dataText';
import { groupIncidents, type IncidentGroup, type IncidentGrouping, readGrouping } from './incidentGroups';
import { type IncidentFilter, type IncidentOrder, describeFilter, everyIncident, incidentQuery, isFiltered, readFilter, readOrder } from './incidentFilter';
import { groupItem, incidentItem, incidentTooltip, moreItem } from './incidentItem';
import { readSavedFilters, type SavedFilter } from './savedFilters';

export const INCIDENTS_VIEW = 'huntbook.incidents';
export const INCIDENTS_PER_PAGE = 50;

const FILTER = 'huntbook.incidentFilter';
const ORDER = 'huntbook.incidentOrder';
const GROUPING = 'huntbook.incidentGrouping';
const SAVED = 'huntbook.savedIncidentFilters';

/** Groups are counted, so that all incidents are read for them: so many at a time, and at most. */
const GROUPED_PER_PAGE = 1000;
const MOST_GROUPED = 5000;
const MINUTE = 60_000;

export type IncidentNode =
  /** `group` is the key of the group that it stands in. */
  | { readonly kind: 'incident'; readonly incident: Incident; readonly workspaceId: string; readonly group?: string }
  | { readonly kind: 'group'; readonly group: IncidentGroup; readonly workspaceId: string }
  | { readonly kind: 'more'; readonly left: number; readonly leftIsLeast: boolean };

/** What the view has loaded of a workspace's incidents: the pages so far, as one. */
interface Loaded extends IncidentPage {
  readonly workspaceId: string;
}

/** The Incidents view: those of the workspace in use, filtered, sorted, grouped, page by page; looked at again while people look. */
export class IncidentsView implements vscode.TreeDataProvider<IncidentNode>, Disposable {
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #view: vscode.TreeView<IncidentNode>;
  readonly #poller: Poller;
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
    this.#poller = this.#store.add(
      new Poller({
        interval: () => vscode.workspace.getConfiguration('huntbook').get<number>('incidents.refreshMinutes', 0) * MINUTE,
        isActive: () => this.#view.visible && vscode.window.state.focused,
        look: () => this.#lookAgain(),
      }),
    );
    this.#store.add(this.#view.onDidChangeVisibility(() => this.#poller.changed()));
    this.#store.add(vscode.window.onDidChangeWindowState(() => this.#poller.changed()));
    this.#store.add(vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('huntbook.incidents') && this.#poller.changed()));
    this.#describe();
  }

  get filter(): IncidentFilter {
    return readFilter(this.#memory.get(FILTER));
  }

  get order(): IncidentOrder {
    return readOrder(this.#memory.get(ORDER));
  }

  get grouping(): IncidentGrouping {
    return readGrouping(this.#memory.get(GROUPING));
  }

  get savedFilters(): readonly SavedFilter[] {
    return readSavedFilters(this.#memory.get(SAVED));
  }

  async setSavedFilters(filters: readonly SavedFilter[]): Promise<void> {
    await this.#memory.update(SAVED, filters);
  }

  async setGrouping(grouping: IncidentGrouping): Promise<void> {
    await this.#memory.update(GROUPING, grouping);
    this.refresh();
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
    if (node.kind === 'more') return moreItem(node.left, node.leftIsLeast);
    if (node.kind === 'group') return groupItem(node.group);
    return incidentItem(node.incident, node.workspaceId, new Date(), node.group);
  }

  /** A tooltip takes longer than the rest of the row, and few are looked at. */
  resolveTreeItem(item: vscode.TreeItem, node: IncidentNode): vscode.TreeItem {
    if (node.kind === 'incident') item.tooltip = incidentTooltip(node.incident, new Date());
    return item;
  }

  async getChildren(node?: IncidentNode): Promise<IncidentNode[]> {
    if (node?.kind === 'group') return node.group.incidents.map((incident) => incidentNode(incident, node.workspaceId, node.group.key));
    if (node || !vscode.workspace.isTrusted) return [];
    try {
      const loaded = await (this.#loaded ??= this.#load());
      const { workspaceId, incidents, total, totalIsLeast = false, next } = loaded;
      this.#describe(loaded);
      await this.#setState(incidents.length > 0 ? 'some' : isFiltered(this.filter) ? 'filtered' : 'none');
      const { grouping } = this;
      const nodes: IncidentNode[] =
        grouping === 'none'
          ? incidents.map((incident) => incidentNode(incident, workspaceId))
          : groupIncidents(incidents, grouping).map((group) => ({ kind: 'group', group, workspaceId }));
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
    const [page] = await Promise.all([this.#readFirst(info.id), this.#countNew(info.id)]);
    this.#poller.looked();
    return { workspaceId: info.id, ...page };
  }

  /** The first page; for groups all pages, within reason. */
  async #readFirst(workspaceId: string): Promise<IncidentPage> {
    let page = await this.#read(workspaceId, undefined);
    while (this.grouping !== 'none' && page.next !== undefined && page.incidents.length < MOST_GROUPED) {
      const more = await this.#read(workspaceId, page.next);
      page = { ...more, incidents: [...page.incidents, ...more.incidents] };
    }
    return page;
  }

  /** Reads again what is shown; the view changes only when there is something else to be shown. */
  async #lookAgain(): Promise<void> {
    const loading = this.#loaded;
    if (!loading) return;
    const before = await loading;
    const page = await this.#readFirst(before.workspaceId);
    await this.#countNew(before.workspaceId);
    if (this.#loaded !== loading) return;
    const known = new Set(before.incidents.map(({ number }) => number));
    const shown = new Set(page.incidents.map(({ number }) => number));
    // What people loaded beyond the first page stays.
    const rest = before.incidents.filter(({ number }) => !shown.has(number)).slice(0, before.incidents.length - page.incidents.length);
    const incidents = [...page.incidents, ...rest];
    if (JSON.stringify(incidents) === JSON.stringify(before.incidents)) return;
    this.#loaded = Promise.resolve({ ...before, total: page.total, totalIsLeast: page.totalIsLeast, incidents });
    const added = page.incidents.filter(({ number, status }) => status === 'New' && !known.has(number)).length;
    if (added > 0) vscode.window.setStatusBarMessage(vscode.l10n.t('{0} new incidents', added), 8000);
    this.#changed.fire();
  }

  #read(workspaceId: string, next: string | undefined): Promise<IncidentPage> {
    const top = this.grouping === 'none' ? INCIDENTS_PER_PAGE : GROUPED_PER_PAGE;
    const query = incidentQuery(this.filter, this.order, top, Date.now(), next);
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

  #describe(loaded?: Loaded): void {
    const filtered = isFiltered(this.filter);
    const name = this.#workspaces.find(this.#workspaceId)?.name ?? '';
    const count = loaded && `${loaded.total.toLocaleString()}${loaded.totalIsLeast === true ? '+' : ''}`;
    this.#view.description = [name, count].filter((part) => part !== undefined && part !== '').join(' · ');
    this.#view.message = filtered ? vscode.l10n.t('Only {0}', describeFilter(this.filter)) : '';
    void vscode.commands.executeCommand('setContext', 'huntbook.incidentsFiltered', filtered);
  }

  async #setState(state: 'some' | 'none' | 'filtered' | 'failed' | 'signIn'): Promise<void> {
    await vscode.commands.executeCommand('setContext', 'huntbook.incidents', state);
  }
}

function incidentNode(incident: Incident, workspaceId: string, group?: string): IncidentNode {
  return { kind: 'incident', incident, workspaceId, ...(group === undefined ? {} : { group }) };
}
