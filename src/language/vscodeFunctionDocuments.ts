import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { HuntError } from '../common/errors';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import { FUNCTION_SCHEME, readFunctionPath, storedFunctionText } from './storedFunctions';

/** Read-only documents of functions that a workspace stores: where "go to definition" leads. */
export class FunctionDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #workspaces: Workspaces;
  readonly #store = new DisposableStore();

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(FUNCTION_SCHEME, this));
  }

  /** @throws HuntError `notFound` */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const asked = readFunctionPath(uri.path);
    const entry = asked && this.#workspaces.find(asked.workspace);
    const schema = entry?.state.kind === 'connected' ? await this.#workspaces.schema(entry.id) : undefined;
    const stored = schema?.functions.find(({ name }) => name === asked?.name);
    if (!stored) throw new HuntError({ kind: 'notFound', what: 'stored function', name: asked?.name ?? uri.path });
    return storedFunctionText(stored);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
