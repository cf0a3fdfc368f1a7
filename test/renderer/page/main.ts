/** Runs in the page: loads the renderer as VS Code does and gives tests a handle on it. */
import type { Page, Visualization } from '../../../src/common/engineProtocol';
import type { FromRenderer, ToRenderer } from '../../../src/common/rendererProtocol';
import { PREVIEW_ROWS, RESULT_MIME, type SavedResult } from '../../../src/common/savedResult';
import type { RendererApi, RendererContext } from '../../../src/renderer/rendererApi';
import { tableData, type TableSpec } from './data';
import { type HostMood, pageOf, ResultHost } from './resultHost';

export interface OutputSpec {
  /** Of the output item; the result id is made of it. */
  readonly id: string;
  readonly table: TableSpec;
  /** Whether the host still holds the rows. */
  readonly live?: boolean;
  readonly previewRows?: number;
  readonly warnings?: readonly string[];
  readonly name?: string;
  readonly visualization?: Visualization;
}

export interface TestPage {
  render(output: OutputSpec): void;
  /** Renders any JSON at all as the vendor item. */
  renderJson(id: string, json: unknown, mime?: string): void;
  /** Takes the output down and renders it again, as VS Code does when a cell scrolls out and back. */
  renderAgain(output: OutputSpec): void;
  dispose(id?: string): void;
  received(): readonly FromRenderer[];
  setMood(mood: Partial<HostMood>): void;
  release(reversed?: boolean): void;
  forget(id: string): void;
  /** From now on the real result store answers, by the function `storeReply` of the window. */
  useStore(): void;
  /** What the file remembers of how the result of an output is looked at. */
  remembered(id: string): unknown;
  remember(id: string, state: unknown): void;
  /** Keys that reached the document. */
  leakedKeys(): readonly string[];
}

declare global {
  interface Window {
    hunt: TestPage;
    /** Set by planted scripts, were they ever to run. */
    pwned: unknown;
    /** Made by tests that use the real result store. */
    storeReply(message: FromRenderer): Promise<ToRenderer | null>;
  }
}

async function start(): Promise<void> {
  const connected = new URLSearchParams(location.search).get('messaging') !== 'none';
  const listeners = new Set<(message: unknown) => void>();
  const host = new ResultHost((message: ToRenderer) => {
    for (const listener of listeners) listener(message);
  });
  let state: unknown;
  const context: RendererContext = {
    getState: () => state,
    setState: (next) => {
      state = structuredClone(next);
    },
    ...(connected && {
      postMessage: (message: unknown) => {
        host.receive(structuredClone(message) as FromRenderer);
      },
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        listeners.add(listener);
        return { dispose: () => void listeners.delete(listener) };
      },
    }),
  };
  const address = '/renderer/table.js';
  const renderer = ((await import(address)) as { activate: (context: RendererContext) => RendererApi }).activate(context);
  const leaked: string[] = [];
  document.addEventListener('keydown', (event) => leaked.push(event.key));

  const place = (id: string): HTMLElement => {
    const known = document.getElementById(id);
    if (known) return known;
    const container = document.createElement('div');
    container.id = id;
    container.className = 'output';
    document.querySelector('main')?.append(container);
    return container;
  };
  const renderJson = (id: string, json: unknown, mime = RESULT_MIME): void => {
    renderer.renderOutputItem({ id, mime, json: () => json }, place(id));
  };
  const render = (output: OutputSpec): void => {
    const data = tableData(output.table);
    const resultId = `result-${output.id}`;
    if (output.live !== false) host.hold(resultId, data);
    const kept = Math.min(output.previewRows ?? PREVIEW_ROWS, data.rowCount);
    const preview: Page = pageOf(
      data,
      Array.from({ length: kept }, (_, row) => row),
      0,
      data.rowCount,
    );
    const saved: SavedResult = {
      version: 1,
      name: output.name,
      result: {
        resultId,
        columns: data.columns,
        rowCount: data.rowCount,
        preview,
        visualization: output.visualization,
        warnings: output.warnings ?? [],
        workspace: { id: 'sample', name: 'Contoso' },
        usedResults: [],
        statistics: { elapsedMs: 1240 },
        finishedAt: '2024-05-06T07:08:09.1234567Z',
      },
    };
    renderJson(output.id, JSON.parse(JSON.stringify(saved)));
  };
  window.hunt = {
    render,
    renderJson,
    renderAgain: (output) => {
      renderer.disposeOutputItem(output.id);
      place(output.id).replaceChildren();
      render(output);
    },
    dispose: (id) => {
      renderer.disposeOutputItem(id);
    },
    received: () => host.received,
    setMood: (mood) => void Object.assign(host.mood, mood),
    release: (reversed) => {
      host.release(reversed);
    },
    forget: (id) => {
      host.forget([`result-${id}`]);
    },
    useStore: () => {
      host.store = async (message) => (await window.storeReply(message)) ?? undefined;
    },
    remembered: (id) => host.states.get(`result-${id}`) ?? null,
    remember: (id, state) => void host.states.set(`result-${id}`, state),
    leakedKeys: () => leaked,
  };
  document.body.dataset['ready'] = 'true';
}

void start();
