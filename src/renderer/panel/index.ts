/**
 * The page of a result in an editor tab: the same view as under a cell, in a webview of its own. The host tells which result to show, and
 * answers what renderers ask.
 */
import { adoptStyles } from '../adoptStyles';
import type { FromPanel, ToPanel } from '../../common/rendererProtocol';
import { RESULT_MIME } from '../../common/savedResult';
import type { RendererContext } from '../rendererApi';
import { activate } from '../result/index';
import css from './panel.css';

/** Source: https://code.visualstudio.com/api/extension-guides/webview#scripts-and-message-passing */
interface WebviewApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

adoptStyles(css);

const host = acquireVsCodeApi();
const listeners = new Set<(message: unknown) => void>();

/** What VS Code gives to renderers in a notebook. */
const context: RendererContext = {
  getState: () => host.getState(),
  setState: (state) => host.setState(state),
  postMessage: (message) => host.postMessage(message as FromPanel),
  onDidReceiveMessage: (listener) => {
    listeners.add(listener);
    return { dispose: () => void listeners.delete(listener) };
  },
};

const renderer = activate(context);

window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
  if (data.type === 'show') {
    const page = document.querySelector<HTMLElement>('#page');
    if (page) renderer.renderOutputItem({ id: 'panel', mime: RESULT_MIME, json: () => data.saved }, page);
    return;
  }
  for (const listener of listeners) listener(data);
});
host.postMessage({ type: 'ready' });
