import type { FromIncidentPage, IncidentAction, IncidentPageState, ToIncidentPage } from '../../../common/incidentPage';
import { element } from '../../dom';
import { CommentEditor, type CommentsHost, drawComments } from './comments';
import { drawEntities } from './entities';
import { drawGraph } from './graph';
import { drawHeader } from './header';
import { type Pending, shownComments, withPending } from './model';
import { Notices } from './notices';
import { Properties } from './properties';
import { drawBookmarks, drawNotebooks, drawSimilar, drawTasks } from './related';
import { Section } from './section';
import { drawEvidence, drawTimeline } from './timeline';

/** The page: draws what the host sends, with what people did since, and tells the host what they do. */
export class IncidentPage {
  readonly #post: (message: FromIncidentPage) => void;
  readonly #notices = new Notices();
  readonly #editor: CommentEditor;
  readonly #commentsHost: CommentsHost;
  readonly #properties = new Properties((action) => this.#act(action));
  readonly #header = new Section('hb-head', 'Incident');
  readonly #sections = {
    timeline: new Section('hb-timeline', 'Timeline'),
    evidence: new Section('hb-evidence', 'Evidence'),
    graph: new Section('hb-graph', 'Alerts and entities'),
    comments: new Section('hb-comments', 'Comments'),
    properties: new Section('hb-properties', 'Properties'),
    entities: new Section('hb-entities', 'Entities'),
    tasks: new Section('hb-tasks', 'Tasks'),
    similar: new Section('hb-similar', 'Similar incidents'),
    bookmarks: new Section('hb-bookmarks', 'Bookmarks'),
    notebooks: new Section('hb-notebooks', 'Notebooks'),
  };
  #state: IncidentPageState | undefined;
  #pending: readonly Pending[] = [];
  #nextId = 1;

  constructor(root: HTMLElement, post: (message: FromIncidentPage) => void) {
    this.#post = post;
    const openLink = (url: string): void => post({ type: 'openLink', url });
    this.#commentsHost = { act: (action) => this.#act(action), keepDraft: (text) => post({ type: 'draft', text }), openLink };
    this.#editor = new CommentEditor(this.#commentsHost);
    const { timeline, evidence, graph, comments, properties, entities, tasks, similar, bookmarks, notebooks } = this.#sections;
    comments.node.insertBefore(this.#editor.node, comments.node.lastChild);
    const main = element('div', { class: 'hb-main' }, timeline.node, evidence.node, graph.node, comments.node);
    const side = element('div', { class: 'hb-side' }, properties.node, entities.node, tasks.node, similar.node, bookmarks.node, notebooks.node);
    root.replaceChildren(this.#header.node, this.#notices.node, element('div', { class: 'hb-columns' }, main, side));
    root.classList.add('hb-page', 'hb-empty');
  }

  receive(message: ToIncidentPage): void {
    switch (message.type) {
      case 'state':
        this.#state = message.state;
        this.#draw();
        return;
      case 'draft':
        if (message.text !== '') this.#editor.restore(message.text);
        return;
      case 'done':
        this.#done(message);
        return;
      case 'failed':
        this.#failed(message);
        return;
      case 'unreadable':
        this.#notices.show({ kind: 'error', text: message.text, action: { label: 'Try Again', run: () => this.#post({ type: 'refresh' }) } });
        return;
    }
  }

  #act(action: IncidentAction): void {
    const requestId = this.#nextId++;
    this.#pending = [...this.#pending, { requestId, action }];
    this.#post({ type: 'do', requestId, action });
    this.#draw();
  }

  #done({ requestId, text, undo }: Extract<ToIncidentPage, { readonly type: 'done' }>): void {
    this.#settle(requestId);
    this.#notices.show({ kind: 'info', text, action: undo && { label: 'Undo', run: () => this.#act(undo) } });
  }

  #failed({ requestId, text, kept }: Extract<ToIncidentPage, { readonly type: 'failed' }>): void {
    const action = this.#settle(requestId);
    if (!action) return;
    if (kept === true) {
      this.#notices.show({ kind: 'info', text });
      return;
    }
    if (action.kind === 'comment') {
      this.#editor.restore(action.message);
      this.#notices.show({ kind: 'error', text: `The comment was not written; its text is in the box again. ${text}` });
      return;
    }
    this.#notices.show({ kind: 'error', text: `Nothing was written. ${text}`, action: { label: 'Try Again', run: () => this.#act(action) } });
  }

  #settle(requestId: number): IncidentAction | undefined {
    const settled = this.#pending.find((one) => one.requestId === requestId);
    this.#pending = this.#pending.filter((one) => one !== settled);
    this.#draw();
    return settled?.action;
  }

  #draw(): void {
    if (!this.#state) return;
    const state = withPending(this.#state, this.#pending);
    const { incident, entities, bookmarks } = state.details;
    const post = this.#post;
    const related = { act: (action: IncidentAction): void => this.#act(action), post };
    const comments = shownComments(state, this.#pending, new Date());
    const { evidence, tasks, similar, notebooks, people, me } = state;
    const all = this.#sections;
    document.getElementById('page')?.classList.remove('hb-empty');
    this.#header.update([incident, state.workspaceName], () => drawHeader(state, post));
    all.properties.update([incident, people, me], () => this.#properties.draw(state));
    all.timeline.update([state.timeline, state.timelineNote], () => drawTimeline(state), state.timeline.length);
    all.evidence.update(evidence, () => drawEvidence(evidence, (title, query) => post({ type: 'openQuery', title, query })), countOf(evidence));
    all.graph.update(evidence, () => drawGraph(evidence));
    all.comments.update(
      comments.map(({ createdTime, isPending, ...comment }) => [comment, isPending, isPending ? '' : createdTime]),
      () => drawComments(comments, this.#commentsHost),
      comments.length,
    );
    all.entities.update(entities, () => drawEntities(entities, post), entities.length);
    all.tasks.update(tasks, () => drawTasks(tasks, related), countOf(tasks));
    all.similar.update(similar, () => drawSimilar(similar, related), countOf(similar));
    all.bookmarks.update(bookmarks ?? [], () => drawBookmarks(bookmarks, related), bookmarks?.length ?? 0);
    all.notebooks.update(notebooks, () => drawNotebooks(notebooks, related), notebooks.length);
  }
}

function countOf(part: { readonly kind: string; readonly value?: readonly unknown[] }): number | undefined {
  return part.value?.length;
}
