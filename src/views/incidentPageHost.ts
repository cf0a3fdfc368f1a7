import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../common/disposable';
import { toHuntError } from '../common/errors';
import type { FromIncidentPage, IncidentAction, IncidentPageState, Part, TimelineEntry, ToIncidentPage } from '../common/incidentPage';
import { type Incident, type IncidentDetails, isSameOwner } from '../common/incidents';
import { huntbookMetadata, kqlCell, notebookText } from '../common/nbformat';
import { incidentTimeline } from '../sentinel/incidentTimeline';
import { lineOfData } from './dataText';
import { performAction } from './incidentPageActions';
import type { IncidentPageServices } from './incidentPages';
import { IncidentReading } from './incidentPageReading';
import { WebPage } from './webPage';

const DRAFTS = 'huntbook.incidentDrafts';

export interface PageSubject {
  readonly workspaceId: string;
  readonly number: number;
  readonly title: string;
}

/** The extension host's side of one incident's page. */
export class IncidentPageHost implements Disposable {
  readonly #services: IncidentPageServices;
  readonly #subject: PageSubject;
  readonly #page: WebPage<ToIncidentPage, FromIncidentPage>;
  readonly #reading: IncidentReading;
  readonly #store = new DisposableStore();
  #state: IncidentPageState | undefined;
  #activity: Part<readonly TimelineEntry[]> = { kind: 'loading' };
  /** Writes go one after another, in the order in which people made them. */
  #writing: Promise<void> = Promise.resolve();
  #loads = 0;
  #isReady = false;
  /** Came before the page could take it. */
  #drafted = '';

  constructor(services: IncidentPageServices, subject: PageSubject) {
    this.#services = services;
    this.#subject = subject;
    this.#reading = new IncidentReading(services.engine, subject.workspaceId);
    const title = vscode.l10n.t('Incident {0}: {1}', subject.number, shortTitle(subject.title));
    const options = { viewType: 'huntbook.incident', title, bundle: 'incident', icon: 'shield', extensionUri: services.extensionUri };
    this.#page = this.#store.add(new WebPage<ToIncidentPage, FromIncidentPage>(options, (message) => void this.#receive(message)));
  }

  onClose(listener: () => void): void {
    this.#store.add(this.#page.onClose(listener));
  }

  reveal(): void {
    this.#page.panel.reveal();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** The incident is like this now. */
  written(incident: Incident): void {
    if (this.#state) this.#show({ details: { ...this.#state.details, incident } });
  }

  /** Puts a text into the comment box. */
  draft(text: string): void {
    if (this.#isReady) void this.#page.post({ type: 'draft', text });
    else this.#drafted = text;
  }

  linksChanged(): void {
    if (this.#state) this.#show({ notebooks: this.#notebooks() });
  }

  /** Reads the incident, then what belongs to it. What the page shows stays when that fails. */
  async load(): Promise<void> {
    const { workspaceId, number } = this.#subject;
    const { accounts, workspaces, engine } = this.#services;
    const load = ++this.#loads;
    try {
      const details = await accounts.withSignIn(async () => {
        await workspaces.connect(workspaceId);
        return engine.call('getIncident', { workspaceId, number });
      });
      if (load === this.#loads) await this.#loaded(details, load);
    } catch (thrown) {
      const error = toHuntError(thrown);
      const text =
        error.data.kind === 'notFound'
          ? vscode.l10n.t('Incident #{0} is not there any more: it was deleted, or merged into another. What you wrote here is kept.', number)
          : vscode.l10n.t('The incident could not be read: {0}', error.message);
      await this.#page.post({ type: 'unreadable', text });
    }
  }

  async #loaded(details: IncidentDetails, load: number): Promise<void> {
    const before = this.#state;
    this.#state = {
      workspaceName: this.#services.workspaces.find(this.#subject.workspaceId)?.name ?? '',
      details,
      timeline: [],
      evidence: before?.evidence ?? { kind: 'loading' },
      tasks: before?.tasks ?? { kind: 'loading' },
      similar: before?.similar ?? { kind: 'loading' },
      notebooks: this.#notebooks(),
      people: before?.people ?? [],
      me: before?.me,
    };
    this.#show({});
    const keep = (state: Partial<IncidentPageState>): void => {
      if (load === this.#loads) this.#show(state);
    };
    const reading = this.#reading;
    await Promise.all([
      this.#people().then(keep),
      reading.tasks(details).then((tasks) => keep({ tasks })),
      reading.similar(details).then((similar) => keep({ similar })),
      reading.evidence(details).then((evidence) => keep({ evidence })),
      reading.activity(details).then((activity) => {
        this.#activity = activity;
        keep({});
      }),
    ]);
  }

  #show(changes: Partial<IncidentPageState>): void {
    if (!this.#state) return;
    const state = { ...this.#state, ...changes };
    const activity = this.#activity;
    const note = activity.kind === 'failed' ? vscode.l10n.t('Changes of the incident are not listed: {0}', activity.text) : undefined;
    this.#state = { ...state, timeline: incidentTimeline(state.details, activity.kind === 'ready' ? activity.value : []), timelineNote: note };
    void this.#page.post({ type: 'state', state: this.#state });
  }

  /** Whoever is signed in first; that nobody is known is no reason not to show the incident. */
  async #people(): Promise<Pick<IncidentPageState, 'people' | 'me'>> {
    const { writer } = this.#services;
    const quietly = <T>(work: Promise<T>): Promise<T | undefined> => work.catch(() => undefined);
    const [me, owners] = await Promise.all([quietly(writer.me(this.#subject.workspaceId)), quietly(writer.owners())]);
    const others = (owners ?? []).filter((owner) => !isSameOwner(owner, me));
    return { me, people: me ? [me, ...others] : others };
  }

  #notebooks(): IncidentPageState['notebooks'] {
    return this.#services.links.of(this.#subject.workspaceId, this.#subject.number);
  }

  async #receive(message: FromIncidentPage): Promise<void> {
    try {
      await this.#obey(message);
    } catch (thrown) {
      const { data, message: text } = toHuntError(thrown);
      if (data.kind !== 'cancelled') void vscode.window.showErrorMessage(text);
    }
  }

  async #obey(message: FromIncidentPage): Promise<void> {
    const { workspaceId, number } = this.#subject;
    const { executeCommand } = vscode.commands;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        await this.#page.post({ type: 'draft', text: this.#drafts()[this.#key] ?? '' });
        await this.#page.post({ type: 'draft', text: this.#drafted });
        await this.load();
        return;
      case 'refresh':
        await this.load();
        return;
      case 'do':
        this.#writing = this.#writing.then(() => this.#write(message.requestId, message.action));
        await this.#writing;
        return;
      case 'draft':
        await this.#keepDraft(message.text);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'openLink':
        // The page's word is not trusted.
        if (message.url.startsWith('https://')) await vscode.env.openExternal(vscode.Uri.parse(message.url));
        return;
      case 'hunt':
        await executeCommand('huntbook.huntFromIncident', { workspaceId, number });
        return;
      case 'openInAzure':
      case 'openInDefender':
        await executeCommand(message.type === 'openInAzure' ? 'huntbook.openIncidentInAzure' : 'huntbook.openIncidentInDefender', {
          workspaceId,
          incident: this.#state?.details.incident,
        });
        return;
      case 'huntEntity':
      case 'findEntity':
        await executeCommand(message.type === 'huntEntity' ? 'huntbook.huntFromEntity' : 'huntbook.findIncidentsWith', {
          workspaceId,
          number,
          entity: this.#state?.details.entities[message.index],
        });
        return;
      case 'openIncident':
        await executeCommand('huntbook.openIncident', { workspaceId, number: message.number });
        return;
      case 'openNotebook':
        await this.#openNotebook(message.uri);
        return;
      case 'openQuery':
        await this.#openQuery(message.title, message.query);
        return;
    }
  }

  async #write(requestId: number, action: IncidentAction): Promise<void> {
    if (!this.#state) return;
    try {
      const done = await performAction(this.#services, this.#subject.workspaceId, this.#state, action);
      if (done) {
        this.#show(done.state);
        await this.#page.post({ type: 'done', requestId, text: done.text, undo: done.undo });
      } else {
        await this.#page.post({ type: 'failed', requestId, text: vscode.l10n.t('What your colleague wrote stays.'), kept: true });
      }
    } catch (thrown) {
      const { message } = toHuntError(thrown);
      this.#services.log.warn(`Incident #${this.#subject.number}: ${message}`);
      await this.#page.post({ type: 'failed', requestId, text: message });
    }
  }

  async #openNotebook(uri: string): Promise<void> {
    if (!this.#notebooks().some((linked) => linked.uri === uri)) return;
    try {
      await this.#services.notebooks.openFile(vscode.Uri.parse(uri));
    } catch (thrown) {
      await this.#services.links.forget(uri);
      throw thrown;
    }
  }

  /** Linked to the incident, in the time of its activity. */
  async #openQuery(title: string, query: string): Promise<void> {
    const incident = this.#state?.details.incident;
    if (!incident) return;
    const { workspaceId, number } = this.#subject;
    const { firstActivityTime, lastActivityTime } = incident;
    const source = `//| timespan: ${hourAround(firstActivityTime, -1)}/${hourAround(lastActivityTime, 1)}\n// ${lineOfData(title)}\n${query}`;
    const metadata = { ...huntbookMetadata, huntbook: { incident: { number, title: incident.title, workspaceId } } };
    await this.#services.notebooks.openUntitled(notebookText({ cells: [kqlCell('query', source)], metadata, nbformat: 4, nbformat_minor: 5 }), '');
  }

  get #key(): string {
    return `${this.#subject.workspaceId}#${this.#subject.number}`;
  }

  #drafts(): Readonly<Record<string, string>> {
    return this.#services.memory.get<Record<string, string>>(DRAFTS, {});
  }

  async #keepDraft(text: string): Promise<void> {
    const { [this.#key]: before, ...others } = this.#drafts();
    if (before === text || (before === undefined && text === '')) return;
    await this.#services.memory.update(DRAFTS, text === '' ? others : { ...others, [this.#key]: text });
  }
}

function shortTitle(title: string): string {
  const line = lineOfData(title);
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

const HOUR = 3_600_000;

/** A whole hour before or after. */
function hourAround(time: string, hours: number): string {
  const at = Date.parse(time) / HOUR;
  return new Date((hours < 0 ? Math.floor(at) : Math.ceil(at)) * HOUR + hours * HOUR).toISOString().replace('.000Z', 'Z');
}
