import * as vscode from 'vscode';
import type { LinkedNotebook } from '../common/incidentPage';
import { type Disposable, DisposableStore } from '../common/disposable';
import { NOTEBOOK_TYPE } from '../notebook/vscodeCells';
import { notebookIncident } from '../notebook/vscodeNotebookMetadata';
import type { Workspaces } from '../notebook/vscodeWorkspaces';

const REMEMBERED = 'huntbook.incidentNotebooks';
/** Notebooks remembered for one incident. */
const MOST = 20;

/** Which notebooks hunt from which incident: those that are open, and those that were. */
export class IncidentNotebooks implements Disposable {
  readonly #workspaces: Workspaces;
  readonly #memory: vscode.Memento;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());

  readonly onDidChange = this.#changed.event;

  constructor(workspaces: Workspaces, memory: vscode.Memento) {
    this.#workspaces = workspaces;
    this.#memory = memory;
    this.#store.add(vscode.workspace.onDidOpenNotebookDocument((notebook) => void this.#note(notebook)));
    this.#store.add(vscode.workspace.onDidSaveNotebookDocument((notebook) => void this.#note(notebook)));
    this.#store.add(vscode.workspace.onDidCloseNotebookDocument((notebook) => notebookIncident(notebook) && this.#changed.fire()));
    this.#store.add(
      vscode.workspace.onDidChangeNotebookDocument(({ notebook, metadata }) => {
        if (metadata !== undefined) void this.#note(notebook);
      }),
    );
  }

  /** Open ones first. */
  of(workspaceId: string, number: number): readonly LinkedNotebook[] {
    const open = vscode.workspace.notebookDocuments
      .filter((notebook) => !notebook.isClosed && this.#incidentOf(notebook) === keyOf(workspaceId, number))
      .map((notebook) => notebook.uri);
    const remembered = (this.#all()[keyOf(workspaceId, number)] ?? []).map((uri) => vscode.Uri.parse(uri));
    const uris = new Map([...open, ...remembered].map((uri) => [uri.toString(), uri]));
    return [...uris].map(([uri, { path }]) => ({ name: path.split('/').at(-1) ?? path, uri }));
  }

  /** It cannot be opened any more. */
  async forget(uri: string): Promise<void> {
    const kept = Object.entries(this.#all()).map(([key, uris]) => [key, uris.filter((one) => one !== uri)] as const);
    await this.#memory.update(REMEMBERED, Object.fromEntries(kept.filter(([, uris]) => uris.length > 0)));
    this.#changed.fire();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #note(notebook: vscode.NotebookDocument): Promise<void> {
    if (notebook.notebookType !== NOTEBOOK_TYPE) return;
    const key = this.#incidentOf(notebook);
    if (key === undefined) return;
    if (!notebook.isUntitled) {
      const uri = notebook.uri.toString();
      const before = this.#all()[key] ?? [];
      if (before[0] !== uri) {
        await this.#memory.update(REMEMBERED, { ...this.#all(), [key]: [uri, ...before.filter((one) => one !== uri)].slice(0, MOST) });
      }
    }
    this.#changed.fire();
  }

  #incidentOf(notebook: vscode.NotebookDocument): string | undefined {
    const incident = notebookIncident(notebook);
    const workspaceId = incident?.workspaceId ?? this.#workspaces.ofNotebook(notebook)?.id;
    return incident && workspaceId !== undefined ? keyOf(workspaceId, incident.number) : undefined;
  }

  #all(): Readonly<Record<string, readonly string[]>> {
    return this.#memory.get<Record<string, readonly string[]>>(REMEMBERED, {});
  }
}

function keyOf(workspaceId: string, number: number): string {
  return `${workspaceId}#${number}`;
}
