import * as vscode from 'vscode';
import type { AzureAccounts } from '../auth/vscodeAccounts';
import type { IncidentWriter } from '../commands/incidentWriting';
import { HuntError } from '../common/errors';
import type { IncidentAction, IncidentPageState } from '../common/incidentPage';
import type { EngineClient } from '../notebook/engineClient';
import { undoFields } from '../sentinel/incidentUndo';

/** What an action changed of the page, and how it is undone. */
export interface ActionDone {
  readonly text: string;
  readonly state: Partial<IncidentPageState>;
  readonly undo?: IncidentAction | undefined;
}

export interface ActionServices {
  readonly engine: EngineClient;
  readonly accounts: AzureAccounts;
  readonly writer: IncidentWriter;
}

/**
 * Writes what people did on the page of an incident.
 * @returns undefined when they kept what someone else wrote.
 * @throws HuntError as the workspace refused it; nothing is written then.
 */
export async function performAction(
  services: ActionServices,
  workspaceId: string,
  state: IncidentPageState,
  action: IncidentAction,
): Promise<ActionDone | undefined> {
  const { t } = vscode.l10n;
  const { engine, accounts, writer } = services;
  const { details } = state;
  const { incident } = details;
  const { number } = incident;
  switch (action.kind) {
    case 'change': {
      const changed = await writer.change({ workspaceId, incident }, action.fields, {});
      if (!changed) return undefined;
      const fields = undoFields(incident, changed);
      return { text: t('Incident #{0} is changed.', number), state: { details: { ...details, incident: changed } }, undo: fields && { kind: 'change', fields } };
    }
    case 'comment': {
      const after = await writer.comment({ workspaceId, incident }, action.message);
      const known = new Set(details.comments.map(({ id }) => id));
      const id = after.comments.find((comment) => comment.message === action.message && !known.has(comment.id))?.id;
      return { text: t('The comment is written.'), state: { details: after }, undo: id === undefined ? undefined : { kind: 'deleteComment', commentId: id, message: action.message } };
    }
    case 'deleteComment': {
      await accounts.withSignIn(() => engine.call('deleteComment', { workspaceId, number, commentId: action.commentId }));
      const comments = details.comments.filter(({ id }) => id !== action.commentId);
      const left = { ...details, comments, incident: { ...incident, commentCount: comments.length } };
      return { text: t('The comment is deleted.'), state: { details: left }, undo: { kind: 'comment', message: action.message } };
    }
    case 'setTask': {
      const tasks = state.tasks.kind === 'ready' ? state.tasks.value : [];
      const task = tasks.find(({ id }) => id === action.taskId);
      if (!task) throw new HuntError({ kind: 'notFound', what: 'task of the incident', name: action.taskId });
      const changed = await accounts.withSignIn(() => engine.call('setTaskStatus', { workspaceId, number, task, status: action.status }));
      const value = tasks.map((one) => (one.id === task.id ? changed : one));
      const text = action.status === 'Completed' ? t('The task is completed.') : t('The task is open again.');
      return { text, state: { tasks: { kind: 'ready', value } }, undo: { kind: 'setTask', taskId: task.id, status: task.status } };
    }
    case 'attachBookmark':
    case 'detachBookmark': {
      const { bookmarkId } = action;
      const attaches = action.kind === 'attachBookmark';
      await accounts.withSignIn(() => engine.call(attaches ? 'attachBookmark' : 'detachBookmark', { workspaceId, number, bookmarkId }));
      const after = await engine.call('getIncident', { workspaceId, number });
      const text = attaches ? t('The bookmark is attached.') : t('The bookmark is detached; it is still there.');
      return { text, state: { details: after }, undo: { kind: attaches ? 'detachBookmark' : 'attachBookmark', bookmarkId } };
    }
  }
}
