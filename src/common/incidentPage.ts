/**
 * Messages between the page of an incident and the extension host. What people do is an action; an action that has an opposite is undone
 * by it. The page shows an action as done at once and takes it back when the host says that it failed.
 */
import type { IncidentDetails, IncidentFields, IncidentOwner } from './incidents';
import type { IncidentTask, SimilarIncident } from './sentinelService';

export type IncidentAction =
  | { readonly kind: 'change'; readonly fields: IncidentFields }
  | { readonly kind: 'comment'; readonly message: string }
  /** The text is kept, to be written again when people want it back. */
  | { readonly kind: 'deleteComment'; readonly commentId: string; readonly message: string }
  | { readonly kind: 'setTask'; readonly taskId: string; readonly status: IncidentTask['status'] }
  | { readonly kind: 'attachBookmark' | 'detachBookmark'; readonly bookmarkId: string };

/** A part of the page that is read apart from the rest. */
export type Part<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly text: string };

/** What happened to an incident, or in it. */
export interface TimelineEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly kind: 'alert' | 'created' | 'changed' | 'closed' | 'comment' | 'bookmark' | 'activity';
  readonly title: string;
  /** One line; may be empty. */
  readonly detail: string;
  readonly who?: string | undefined;
  /** Of an alert. */
  readonly severity?: string | undefined;
}

/** What an alert of the incident was raised on. */
export interface AlertEvidence {
  readonly alertId: string;
  readonly alertName: string;
  readonly time: string;
  /** Facts of the alert as its product tells them: `Client IP Address`, … */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** JSON list of its entities, as `SecurityAlert` has it; absent when it is empty or large. */
  readonly entities?: string | undefined;
  /** KQL of the rule that raised it; running it shows the events. */
  readonly query?: string | undefined;
}

/** A notebook that was made from the incident or writes to it. */
export interface LinkedNotebook {
  readonly name: string;
  readonly uri: string;
}

export interface IncidentPageState {
  readonly workspaceName: string;
  readonly details: IncidentDetails;
  /** The oldest first. */
  readonly timeline: readonly TimelineEntry[];
  /** What the timeline lacks, for people. */
  readonly timelineNote?: string | undefined;
  readonly evidence: Part<readonly AlertEvidence[]>;
  readonly tasks: Part<readonly IncidentTask[]>;
  readonly similar: Part<readonly SimilarIncident[]>;
  readonly notebooks: readonly LinkedNotebook[];
  /** Whom an incident can be given to, as far as is known; the one who looks comes first. */
  readonly people: readonly IncidentOwner[];
  readonly me?: IncidentOwner | undefined;
}

export type FromIncidentPage =
  | { readonly type: 'ready' }
  | { readonly type: 'do'; readonly requestId: number; readonly action: IncidentAction }
  /** What stands in the comment box, so that closing the page loses nothing. */
  | { readonly type: 'draft'; readonly text: string }
  | { readonly type: 'refresh' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'hunt' | 'openInAzure' | 'openInDefender' }
  /** Index into the entities of the incident. */
  | { readonly type: 'huntEntity' | 'findEntity'; readonly index: number }
  | { readonly type: 'openIncident'; readonly number: number }
  | { readonly type: 'openNotebook'; readonly uri: string }
  /** A query as a notebook of one cell, in the time of the incident. Nothing runs. */
  | { readonly type: 'openQuery'; readonly title: string; readonly query: string };

export type ToIncidentPage =
  | { readonly type: 'state'; readonly state: IncidentPageState }
  | { readonly type: 'draft'; readonly text: string }
  /** @param undo Absent: it cannot be taken back. */
  | { readonly type: 'done'; readonly requestId: number; readonly text: string; readonly undo?: IncidentAction | undefined }
  /** Nothing was written; doing it again may work. `kept`: people chose what someone else wrote. */
  | { readonly type: 'failed'; readonly requestId: number; readonly text: string; readonly kept?: boolean | undefined }
  /** The incident cannot be read: what the page shows is old. */
  | { readonly type: 'unreadable'; readonly text: string };
