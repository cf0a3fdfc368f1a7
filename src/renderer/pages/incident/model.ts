import type { IncidentAction, IncidentPageState } from '../../../common/incidentPage';
import type { Incident, IncidentComment, IncidentDetails } from '../../../common/incidents';

/** Something that people did, until the host says that it is done. */
export interface Pending {
  readonly requestId: number;
  readonly action: IncidentAction;
}

/** A comment as the page shows it. */
export interface ShownComment extends IncidentComment {
  /** Not written yet. */
  readonly isPending: boolean;
}

/** The state with what people did in it, whether or not it is written yet. */
export function withPending(state: IncidentPageState, pending: readonly Pending[]): IncidentPageState {
  return pending.reduce((shown, { action }) => withAction(shown, action), state);
}

/** Comments that are there, and those on the way. */
export function shownComments(state: IncidentPageState, pending: readonly Pending[], now: Date): readonly ShownComment[] {
  const deleted = new Set(pending.flatMap(({ action }) => (action.kind === 'deleteComment' ? [action.commentId] : [])));
  const there = state.details.comments.map((comment) => ({ ...comment, isPending: comment.id !== undefined && deleted.has(comment.id) }));
  const author = state.me?.name ?? 'You';
  const coming = pending.flatMap(({ action }) =>
    action.kind === 'comment' ? [{ author, createdTime: now.toISOString(), message: action.message, isPending: true }] : [],
  );
  return [...there, ...coming].sort((left, right) => Date.parse(right.createdTime) - Date.parse(left.createdTime));
}

function withAction(state: IncidentPageState, action: IncidentAction): IncidentPageState {
  switch (action.kind) {
    case 'change':
      return withDetails(state, { incident: withFields(state.details.incident, action) });
    case 'setTask': {
      if (state.tasks.kind !== 'ready') return state;
      const value = state.tasks.value.map((task) => (task.id === action.taskId ? { ...task, status: action.status } : task));
      return { ...state, tasks: { kind: 'ready', value } };
    }
    case 'detachBookmark':
      return withDetails(state, { bookmarks: (state.details.bookmarks ?? []).filter(({ id }) => id !== action.bookmarkId) });
    case 'comment':
    case 'deleteComment':
    case 'attachBookmark':
      return state;
  }
}

function withDetails(state: IncidentPageState, changes: Partial<IncidentDetails>): IncidentPageState {
  return { ...state, details: { ...state.details, ...changes } };
}

function withFields(incident: Incident, { fields }: Extract<IncidentAction, { kind: 'change' }>): Incident {
  const { owner, ...others } = fields;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)) as Partial<Incident>;
  const changed: Incident = { ...incident, ...given, ...(owner === undefined ? {} : { owner: owner ?? undefined }) };
  if (changed.status === 'Closed') return changed;
  // An open incident has no classification.
  return { ...changed, classification: undefined, classificationReason: undefined, classificationComment: undefined };
}
