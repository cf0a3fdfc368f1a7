import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { Template } from '../templates/template';
import { readTemplateText } from '../templates/templateCatalogue';

const SCHEME = 'huntbook-template';

/** Templates as read-only files, so that looking at one neither changes it nor leaves an unsaved copy. */
export class TemplateFiles implements vscode.FileSystemProvider, Disposable {
  readonly #folder: vscode.Uri;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());

  readonly onDidChangeFile = this.#changed.event;

  /** @param folder Where the bundled templates are: nothing else can be read. */
  constructor(folder: string) {
    this.#folder = vscode.Uri.file(folder);
    this.#store.add(vscode.workspace.registerFileSystemProvider(SCHEME, this, { isReadonly: true, isCaseSensitive: true }));
  }

  uriOf(template: Template): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${template.id}.ipynb` });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const stat = await vscode.workspace.fs.stat(this.#fileOf(uri));
    return { ...stat, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(await readTemplateText(this.#fileOf(uri).fsPath));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #fileOf(uri: vscode.Uri): vscode.Uri {
    if (!/^\/(?!.*\.\.)[\w./-]+\.ipynb$/.test(uri.path)) throw vscode.FileSystemError.FileNotFound(uri);
    return vscode.Uri.joinPath(this.#folder, uri.path);
  }
}
