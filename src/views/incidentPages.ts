import type * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { IncidentWriter } from '../commands/incidentWriting';
import { type Disposable, DisposableStore } from '../common/disposable';
import type { EngineClient } from '../notebook/engineClient';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { IncidentNotebooks } from './incidentNotebooks';
import { IncidentPageHost } from './incidentPageHost';

/** What pages of incidents work with. */
export interface IncidentPageServices {
  readonly extensionUri: vscode.Uri;
  readonly engine: EngineClient;
  readonly workspaces: Workspaces;
  readonly accounts: AzureAccounts;
  readonly writer: IncidentWriter;
  readonly notebooks: HuntNotebooks;
  readonly links: IncidentNotebooks;
  /** Keeps what was not sent. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** The pages of incidents that are open: one for each. */
export class IncidentPages implements Disposable {
  readonly #services: IncidentPageServices;
  readonly #pages = new Map<string, IncidentPageHost>();
  readonly #store = new DisposableStore();

  constructor(services: IncidentPageServices) {
    this.#services = services;
    this.#store.add(services.writer.onDidWrite(({ workspaceId, incident }) => this.#page(workspaceId, incident.number)?.written(incident)));
    this.#store.add(
      services.links.onDidChange(() => {
        for (const page of this.#pages.values()) page.linksChanged();
      }),
    );
  }

  /** Shows the page of an incident; one that is open comes to the front. */
  open(workspaceId: string, number: number, title: string): void {
    const open = this.#page(workspaceId, number);
    if (open) {
      open.reveal();
      return;
    }
    const key = keyOf(workspaceId, number);
    const page = new IncidentPageHost(this.#services, { workspaceId, number, title });
    this.#pages.set(key, page);
    page.onClose(() => this.#pages.delete(key));
  }

  /** Puts a text into the comment box of an incident's page, to be looked at before it is written. */
  draft(workspaceId: string, number: number, title: string, text: string): void {
    this.open(workspaceId, number, title);
    this.#page(workspaceId, number)?.draft(text);
  }

  /** Reads an incident anew where it is shown: something was attached to it. */
  refresh(workspaceId: string, number: number): void {
    void this.#page(workspaceId, number)?.load();
  }

  dispose(): void {
    this.#store.dispose();
    for (const page of [...this.#pages.values()]) page.dispose();
  }

  #page(workspaceId: string, number: number): IncidentPageHost | undefined {
    return this.#pages.get(keyOf(workspaceId, number));
  }
}

function keyOf(workspaceId: string, number: number): string {
  return `${workspaceId}#${number}`;
}
