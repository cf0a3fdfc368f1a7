import type * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { SentinelService } from '../common/sentinelService';
import type { Answer, Argument } from '../common/rpc';
import type { EngineClient } from '../notebook/engineClient';
import type { ShownResults } from '../notebook/vscodeCells';
import { addNotebookWritten, notebookIncident, type NotebookIncident } from '../notebook/vscodeNotebookMetadata';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { WrittenEntry } from '../sentinel/writtenRecord';
import type { IncidentPages } from '../views/incidentPages';
import type { SentinelView } from '../views/sentinelView';
import type { IncidentWriter } from './incidentWriting';

/** An incident that a notebook writes to. */
export interface LinkedIncident extends NotebookIncident {
  readonly workspaceId: string;
}

/** What commands that write findings back have in common: whom they ask, whom they tell, and the record in the notebook. */
export class Findings {
  readonly engine: EngineClient;
  readonly workspaces: Workspaces;
  readonly shown: ShownResults;
  readonly writer: IncidentWriter;
  readonly pages: IncidentPages;
  readonly #accounts: AzureAccounts;
  readonly #view: SentinelView;

  constructor(subjects: FindingSubjects) {
    this.engine = subjects.client;
    this.workspaces = subjects.workspaces;
    this.shown = subjects.shown;
    this.writer = subjects.writer;
    this.pages = subjects.incidentPages;
    this.#accounts = subjects.accounts;
    this.#view = subjects.sentinelView;
  }

  /** Calls the service; people are asked to sign in when that is needed. @throws HuntError */
  call<N extends keyof SentinelService>(method: N, argument: Argument<SentinelService[N]>): Promise<Answer<SentinelService[N]>> {
    return this.#accounts.withSignIn(() => this.engine.call(method, argument as never));
  }

  /** Connects the workspace, and says its id. @throws HuntError */
  async connect(workspaceId: string): Promise<string> {
    return (await this.#accounts.withSignIn(() => this.workspaces.connect(workspaceId))).id;
  }

  /** The incident that the notebook is linked with. */
  incidentOf(notebook: vscode.NotebookDocument): LinkedIncident | undefined {
    const incident = notebookIncident(notebook);
    const workspaceId = incident?.workspaceId ?? this.workspaces.ofNotebook(notebook)?.id;
    return incident && workspaceId !== undefined ? { ...incident, workspaceId } : undefined;
  }

  /** Writes into the notebook what was written from it; views that show such things read anew. */
  async record(notebook: vscode.NotebookDocument, workspaceId: string, entry: Pick<WrittenEntry, 'what' | 'text' | 'incidentNumber'>): Promise<void> {
    const me = await this.writer.me(workspaceId).catch(() => undefined);
    const { what, text, incidentNumber } = entry;
    await addNotebookWritten(notebook, {
      what,
      text,
      incidentNumber,
      workspace: this.workspaces.find(workspaceId)?.name ?? workspaceId,
      by: me?.email ?? me?.name ?? '',
      at: new Date().toISOString(),
    });
    this.changed(workspaceId, incidentNumber);
  }

  /** Something was written: views show it. */
  changed(workspaceId: string, incidentNumber?: number): void {
    this.#view.refresh();
    if (incidentNumber !== undefined) this.pages.refresh(workspaceId, incidentNumber);
  }
}

/** What commands that write findings back work on. */
export interface FindingSubjects {
  readonly client: EngineClient;
  readonly workspaces: Workspaces;
  readonly accounts: AzureAccounts;
  readonly shown: ShownResults;
  readonly writer: IncidentWriter;
  readonly incidentPages: IncidentPages;
  readonly sentinelView: SentinelView;
}
