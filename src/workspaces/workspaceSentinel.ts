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

/** Every method; `satisfies` below fails when one is missing. */
const methods = {
  listBookmarks: true,
  addBookmark: true,
  attachBookmark: true,
  detachBookmark: true,
  deleteBookmark: true,
  listWatchlists: true,
  readWatchlist: true,
  addWatchlistRows: true,
  createWatchlist: true,
  listHuntingQueries: true,
  saveHuntingQuery: true,
  deleteHuntingQuery: true,
  listTasks: true,
  setTaskStatus: true,
  similarIncidents: true,
  deleteComment: true,
} satisfies Readonly<Record<keyof SentinelService, true>>;

type Method = (asked: { readonly workspaceId: string }, token: CancellationToken, progress: (sentence: string) => void) => Promise<unknown>;

function eachMethod(make: (name: keyof SentinelService) => Method): Readonly<Record<string, Method>> {
  return Object.fromEntries(Object.keys(methods).map((name) => [name, make(name as keyof SentinelService)]));
}

/** The service, answered by the workspace that is asked for. */
export function sentinelAnswers(sentinelOf: (workspaceId: string) => WorkspaceSentinel): Handlers<SentinelService> {
  // The argument of a request fits its method by the contract of the service.
  const answer = eachMethod((name) => async (asked, token, progress) => {
    const sentinel = sentinelOf(asked.workspaceId);
    return (sentinel[name] as Method).call(sentinel, asked, token, progress);
  });
  return answer as unknown as Handlers<SentinelService>;
}

/** Of a workspace that cannot be reached: everything is refused with this text. */
export function refusedSentinel(message: string): WorkspaceSentinel {
  const refuse = eachMethod(() => () => Promise.reject(new HuntError({ kind: 'refused', message })));
  return refuse as unknown as WorkspaceSentinel;
}
