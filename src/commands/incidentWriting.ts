import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { Disposable } from '../common/disposable';
import { type HuntErrorData, toHuntError } from '../common/errors';
import type { Incident, IncidentDetails, IncidentFields, IncidentOwner } from '../common/incidents';
import type { EngineClient } from '../notebook/engineClient';
import { visibleText } from '../common/visibleText';
import type { Workspaces } from '../notebook/vscodeWorkspaces';
import type { IncidentsView } from '../views/incidentsView';
import { field } from './command';
import { pickIncident } from './incidentPick';

/** An incident as someone looks at it: what they change refers to this state of it. */
export interface IncidentTarget {
  readonly workspaceId: string;
  readonly incident: Incident;
}

type Conflict = Extract<HuntErrorData, { kind: 'incidentConflict' }>;

/** What to do when someone else has changed the same fields. */
export type ConflictChoice = 'theirs' | 'mine';

/** Where a conflict is decided for ever: others who write all the time must not keep us writing. */
const MOST_TRIES = 5;

/** Writes to incidents of the workspace in use, and keeps the view up to date with what they are then. */
export class IncidentWriter implements Disposable {
  readonly #written = new vscode.EventEmitter<IncidentTarget>();
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #accounts: AzureAccounts;
  readonly #view: IncidentsView;

  /** An incident was written to, or found changed by someone else. */
  readonly onDidWrite = this.#written.event;

  constructor(engine: EngineClient, workspaces: Workspaces, accounts: AzureAccounts, view: IncidentsView) {
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#accounts = accounts;
    this.#view = view;
  }

  /**
   * Of a node of the Incidents view, as it is shown there; of `{number, workspaceId}`, as it is now; else asks. Undefined when
   * people change their mind.
   */
  async target(given: unknown): Promise<IncidentTarget | undefined> {
    const shown = field(given, 'incident');
    const workspaceId = field(given, 'workspaceId');
    const isNode = typeof shown === 'object' && shown !== null && typeof workspaceId === 'string';
    if (isNode) return { workspaceId, incident: shown as Incident };
    const inWorkspace = typeof workspaceId === 'string' ? workspaceId : this.#workspaces.chosen.id;
    const workspace = await this.#accounts.withSignIn(() => this.#workspaces.connect(inWorkspace));
    const named = field(given, 'number');
    const number = typeof named === 'number' ? named : await pickIncident(this.#engine, workspace.id, vscode.l10n.t('Incident to change'));
    if (number === undefined) return undefined;
    return { workspaceId: workspace.id, incident: (await this.#read(workspace.id, number)).incident };
  }

  /** Owners of incidents that the view shows, and the one who is signed in. */
  owners(): Promise<readonly IncidentOwner[]> {
    return this.#view.owners();
  }

  /**
   * Writes fields of an incident.
   * @param given May hold `onConflict`; people are asked otherwise.
   * @returns The incident as it is then; undefined when people kept what someone else wrote.
   * @throws HuntError as the workspace refused it; nothing is written then.
   */
  async change({ workspaceId, incident }: IncidentTarget, fields: IncidentFields, given: unknown): Promise<Incident | undefined> {
    const decided = field(given, 'onConflict');
    const { number } = incident;
    let base = incident;
    for (let tries = 1; ; tries++) {
      try {
        const change = { base, fields };
        const changed = await this.#accounts.withSignIn(() => this.#engine.call('changeIncident', { workspaceId, number, change }));
        this.#tell(workspaceId, changed);
        vscode.window.setStatusBarMessage(vscode.l10n.t('Incident #{0} is changed.', number), 5000);
        return changed;
      } catch (thrown) {
        const { data } = toHuntError(thrown);
        if (data.kind !== 'incidentConflict' || tries === MOST_TRIES) throw thrown;
        base = (await this.#read(workspaceId, number)).incident;
        this.#tell(workspaceId, base);
        const choice = decided === 'theirs' || decided === 'mine' ? decided : await askConflict(data);
        if (choice !== 'mine') return undefined;
      }
    }
  }

  /**
   * Adds a comment.
   * @returns The incident as it is then.
   * @throws HuntError as the workspace refused it.
   */
  async comment({ workspaceId, incident: { number } }: IncidentTarget, message: string): Promise<IncidentDetails> {
    const details = await this.#accounts.withSignIn(() => this.#engine.call('addComment', { workspaceId, number, message }));
    this.#tell(workspaceId, details.incident);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Incident #{0} has your comment.', number), 5000);
    return details;
  }

  /** Whoever is signed in to the workspace; on this machine, its user. Undefined where that cannot be known. */
  async me(workspaceId: string): Promise<IncidentOwner | undefined> {
    const source = this.#workspaces.find(workspaceId)?.source;
    if (source?.kind !== 'logAnalytics') {
      const { userInfo } = await import('node:os');
      return { name: userInfo().username };
    }
    const me = await this.#accounts.withSignIn(() => this.#accounts.me(source.connection));
    return me && { name: me.name, email: me.userPrincipalName, objectId: me.objectId };
  }

  dispose(): void {
    this.#written.dispose();
  }

  #tell(workspaceId: string, incident: Incident): void {
    this.#view.update(workspaceId, incident);
    this.#written.fire({ workspaceId, incident });
  }

  #read(workspaceId: string, number: number): Promise<IncidentDetails> {
    return this.#accounts.withSignIn(() => this.#engine.call('getIncident', { workspaceId, number }));
  }
}

/** Shows what both sides wrote, and asks which stays. */
async function askConflict({ number, fields }: Conflict): Promise<ConflictChoice | undefined> {
  const { t } = vscode.l10n;
  const none = t('nothing');
  const text = (value: string): string => (value === '' ? none : visibleText(value));
  const lines = fields.map(({ name, base, theirs, ours }) => t('{0}: was {1}, now {2}, yours {3}', name, text(base), text(theirs), text(ours)));
  const [mine, keep] = [t('Write Mine'), t('Keep Theirs')];
  const message = t('Someone else changed incident #{0} meanwhile. Nothing was written.', number);
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail: lines.join('\n') }, mine, keep);
  return answer === mine ? 'mine' : answer === keep ? 'theirs' : undefined;
}
