/**
 * The part of VS Code's notebook renderer interface that we use.
 * Source: https://code.visualstudio.com/api/extension-guides/notebook#notebook-renderer
 */
import type { Disposable } from '../common/disposable';

export interface RendererContext {
  /** Kept by the editor while the notebook is open, one for all outputs of this renderer. */
  getState?(): unknown;
  setState?(state: unknown): void;
  /** Absent when the host offers no messaging (Jupyter-like viewers, an extension that failed). */
  postMessage?(message: unknown): void;
  onDidReceiveMessage?(listener: (message: unknown) => void): Disposable;
}

export interface OutputItem {
  readonly id: string;
  readonly mime: string;
  json(): unknown;
}

export interface RendererApi {
  renderOutputItem(item: OutputItem, element: HTMLElement): void;
  /** Without an id: all outputs are gone. */
  disposeOutputItem(id?: string): void;
}

export type ActivationFunction = (context: RendererContext) => RendererApi;
