import { type Disposable, DisposableStore } from '../../common/disposable';
import { element } from '../dom';
import type { Messenger } from '../messenger';
import type { OpenTab, ResultContext, ResultTab } from '../resultTab';
import { bar } from '../table/bars';
import type { SavedTable } from '../table/savedTable';
import type { ViewStates } from '../table/viewState';
import { CurrentView } from './currentView';
import { TabBar } from './tabBar';

export interface ResultServices {
  readonly messenger: Messenger;
  readonly states: ViewStates;
  /** Makes ids of elements unique in the document. */
  readonly idPrefix: string;
  /** All there are; a result shows those that suit it. */
  readonly tabs: readonly ResultTab[];
}

interface Panel {
  readonly tab: ResultTab;
  readonly element: HTMLElement;
  opened: Promise<OpenTab | undefined> | undefined;
}

/** One output on screen: the tabs that suit its result, of which one is seen. */
export class ResultView implements Disposable {
  readonly #saved: SavedTable;
  readonly #services: ResultServices;
  readonly #store = new DisposableStore();
  readonly #panels: readonly Panel[];
  readonly #bar: TabBar;
  readonly #view: CurrentView;

  constructor(container: HTMLElement, saved: SavedTable, services: ResultServices) {
    this.#saved = saved;
    this.#services = services;
    const { states, idPrefix } = services;
    this.#view = new CurrentView(states.view(saved));
    this.#store.add(this.#view.onChange((view) => states.setView(saved.resultId, view)));
    const tabs = services.tabs.filter((tab) => tab.suits(saved));
    this.#panels = tabs.map((tab) => ({ tab, element: panelElement(idPrefix, tab, tabs.length > 1), opened: undefined }));
    this.#bar = new TabBar(tabs, idPrefix, (id) => void this.open(id));
    const root = element('div', { class: 'hb-result' });
    if (tabs.length > 1) root.append(this.#bar.element);
    root.append(...this.#panels.map((panel) => panel.element));
    container.replaceChildren(root);
    const remembered = tabs.find(({ id }) => id === states.output(saved.resultId).tab);
    const first = remembered ?? tabs.find((tab) => tab.opensFirst?.(saved)) ?? tabs[0];
    if (first) void this.#show(first.id);
  }

  /** Shows a tab and remembers the choice. Unknown ids are ignored. */
  async open(id: string): Promise<void> {
    const { states } = this.#services;
    const { resultId } = this.#saved;
    if (!this.#panels.some(({ tab }) => tab.id === id)) return;
    states.setOutput(resultId, { ...states.output(resultId), tab: id });
    await this.#show(id);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #show(id: string): Promise<void> {
    const chosen = this.#panels.find(({ tab }) => tab.id === id);
    if (!chosen) return;
    this.#bar.select(id);
    for (const panel of this.#panels) panel.element.hidden = panel !== chosen;
    const wasOpen = chosen.opened !== undefined;
    chosen.opened ??= this.#load(chosen);
    const opened = await chosen.opened;
    if (wasOpen && !chosen.element.hidden) opened?.shown();
  }

  async #load(panel: Panel): Promise<OpenTab | undefined> {
    const waiting = element('p', { class: 'hb-tabnote', role: 'status' }, 'Loading…');
    panel.element.replaceChildren(waiting);
    try {
      const opened = await panel.tab.open(panel.element, this.#context(panel.tab));
      waiting.remove();
      return this.#store.add(opened);
    } catch (thrown) {
      const message = `This view could not be opened. ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      const act = (): void => {
        panel.opened = undefined;
        void this.#show(panel.tab.id);
      };
      const surface = element('div', { class: 'hb-surface', role: 'alert' }, bar('warning', [message], { label: 'Try again', icon: 'retry', act }));
      panel.element.replaceChildren(surface);
      return undefined;
    }
  }

  #context(tab: ResultTab): ResultContext {
    const { messenger, states, idPrefix } = this.#services;
    const { resultId } = this.#saved;
    return {
      saved: this.#saved,
      messenger,
      idPrefix: `${idPrefix}-${tab.id}`,
      view: this.#view,
      zone: { get current() { return states.zone; }, onChange: (listener) => states.onZone(listener) },
      memory: {
        get: () => states.output(resultId).memory[tab.id],
        set: (value) => {
          const output = states.output(resultId);
          states.setOutput(resultId, { ...output, memory: { ...output.memory, [tab.id]: value } });
        },
      },
      openTab: (id) => void this.open(id).then(() => this.#bar.focus()),
    };
  }
}

function panelElement(idPrefix: string, tab: ResultTab, hasTab: boolean): HTMLElement {
  const attributes = hasTab ? { id: TabBar.panelId(idPrefix, tab), role: 'tabpanel', 'aria-labelledby': TabBar.tabId(idPrefix, tab) } : {};
  return element('div', { class: 'hb-tabpanel', ...attributes });
}
