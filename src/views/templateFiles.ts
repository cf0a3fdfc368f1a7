import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { Template } from '../common/templates';
import type { TemplateWorkerHost } from '../templates/templateWorkerHost';
import type { TemplateLibrary } from './templateLibrary';

const SCHEME = 'huntbook-template';

/** Templates as read-only notebooks, so that looking at one neither changes it nor leaves an unsaved copy. */
export class TemplateFiles implements vscode.FileSystemProvider, Disposable {
  readonly #library: TemplateLibrary;
  readonly #worker: TemplateWorkerHost;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.FileChangeEvent[]>());

  readonly onDidChangeFile = this.#changed.event;

  constructor(library: TemplateLibrary, worker: TemplateWorkerHost) {
    this.#library = library;
    this.#worker = worker;
    this.#store.add(vscode.workspace.registerFileSystemProvider(SCHEME, this, { isReadonly: true, isCaseSensitive: true }));
  }

  uriOf(template: Template): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${fileName(template)}`, query: `id=${encodeURIComponent(template.id)}&hash=${template.hash}` });
  }

  /** The template as it was when a notebook was made from it. */
  uriWhenMade(template: Template, hash: string): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${fileName(template)}`, query: `made=${hash}` });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { byteLength: size } = await this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size, permissions: vscode.FilePermission.Readonly };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.#text(uri));
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

  async #text(uri: vscode.Uri): Promise<string> {
    const asked = new URLSearchParams(uri.query);
    const made = asked.get('made');
    if (made !== null) return this.#worker.call('textWhenMade', { hash: made });
    const template = (await this.#library.templates()).find(({ id }) => id === asked.get('id'));
    if (!template) throw vscode.FileSystemError.FileNotFound(uri);
    return this.#worker.call('notebookText', { template });
  }
}

/** For the tab: the title, without what separates paths. */
function fileName({ title }: Template): string {
  return `${title.replace(/[/\\?#%:*"<>|\u0000-\u001f]+/g, ' ').trim().slice(0, 80) || 'template'}.ipynb`;
}
