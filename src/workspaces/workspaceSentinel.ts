import type { CancellationToken } from '../common/cancellation';
import { HuntError } from '../common/errors';
import type { Answer, Argument, Handlers } from '../common/rpc';
import type { SentinelService } from '../common/sentinelService';

/** What a workspace keeps for hunters: {@link SentinelService} of this workspace alone, with the errors named there. */
export type WorkspaceSentinel = {
  readonly [name in keyof SentinelService]: (
    argument: Omit<Argument<SentinelService[name]>, 'workspaceId'>,
    token: CancellationToken,
    progress: (sentence: string) => void,
  ) => Promise<Answer<SentinelService[name]>>;
};

/** The service, answered by the workspace that is asked for. */
export function sentinelAnswers(sentinelOf: (workspaceId: string) => WorkspaceSentinel): Handlers<SentinelService> {
  const ignore = (): void => undefined;
  return {
    listBookmarks: async (asked, token) => sentinelOf(asked.workspaceId).listBookmarks(asked, token, ignore),
    addBookmark: async (asked, token) => sentinelOf(asked.workspaceId).addBookmark(asked, token, ignore),
    attachBookmark: async (asked, token) => sentinelOf(asked.workspaceId).attachBookmark(asked, token, ignore),
    detachBookmark: async (asked, token) => sentinelOf(asked.workspaceId).detachBookmark(asked, token, ignore),
    deleteBookmark: async (asked, token) => sentinelOf(asked.workspaceId).deleteBookmark(asked, token, ignore),
    listWatchlists: async (asked, token) => sentinelOf(asked.workspaceId).listWatchlists(asked, token, ignore),
    readWatchlist: async (asked, token) => sentinelOf(asked.workspaceId).readWatchlist(asked, token, ignore),
    addWatchlistRows: async (asked, token, progress) => sentinelOf(asked.workspaceId).addWatchlistRows(asked, token, progress),
    createWatchlist: async (asked, token) => sentinelOf(asked.workspaceId).createWatchlist(asked, token, ignore),
    listHuntingQueries: async (asked, token) => sentinelOf(asked.workspaceId).listHuntingQueries(asked, token, ignore),
    saveHuntingQuery: async (asked, token) => sentinelOf(asked.workspaceId).saveHuntingQuery(asked, token, ignore),
    deleteHuntingQuery: async (asked, token) => sentinelOf(asked.workspaceId).deleteHuntingQuery(asked, token, ignore),
    listTasks: async (asked, token) => sentinelOf(asked.workspaceId).listTasks(asked, token, ignore),
    setTaskStatus: async (asked, token) => sentinelOf(asked.workspaceId).setTaskStatus(asked, token, ignore),
    similarIncidents: async (asked, token) => sentinelOf(asked.workspaceId).similarIncidents(asked, token, ignore),
    deleteComment: async (asked, token) => sentinelOf(asked.workspaceId).deleteComment(asked, token, ignore),
  };
}

/** Of a workspace that cannot be reached: everything is refused with this text. */
export function refusedSentinel(message: string): WorkspaceSentinel {
  const refuse = (): Promise<never> => Promise.reject(new HuntError({ kind: 'refused', message }));
  return {
    listBookmarks: refuse,
    addBookmark: refuse,
    attachBookmark: refuse,
    detachBookmark: refuse,
    deleteBookmark: refuse,
    listWatchlists: refuse,
    readWatchlist: refuse,
    addWatchlistRows: refuse,
    createWatchlist: refuse,
    listHuntingQueries: refuse,
    saveHuntingQuery: refuse,
    deleteHuntingQuery: refuse,
    listTasks: refuse,
    setTaskStatus: refuse,
    similarIncidents: refuse,
    deleteComment: refuse,
  };
}
