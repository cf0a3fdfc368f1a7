import { randomUUID } from 'node:crypto';
import type * as Sentinel from '@azure/arm-securityinsight';
import type { CancellationToken } from '../../../common/cancellation';
import type { IncidentPage } from '../../../common/engineProtocol';
import { HuntError } from '../../../common/errors';
import { type Incident, type IncidentChange, type IncidentDetails, type IncidentQuery, MAX_COMMENTS } from '../../../common/incidents';
import { checkComment, mergeChange, withFields } from '../../incidentChanges';
import type { AzureIncidents } from '../azureIncidents';
import { type Caller, callerOf } from '../wire/azureCall';
import { entitiesOf } from './entityMapping';
import type { IncidentFinder, RawIncident } from './incidentFinder';
import { alertOf, bookmarkOf, commentOf, incidentOf, withWritten } from './incidentMapping';
import { readPage } from './incidentPages';
import type { SentinelApi } from './sentinelApi';
import type { SentinelClient } from './sentinelClient';
import { explained, isConflict, isUncertain } from './sentinelErrors';

/** How often a change that meets another one is merged with it and written again. */
const MOST_TRIES = 5;

/** The incidents of a workspace with Microsoft Sentinel. */
export class SentinelIncidents implements AzureIncidents {
  readonly #api: SentinelApi;
  readonly #finder: IncidentFinder;
  readonly #client: SentinelClient;

  constructor(client: SentinelClient, api: SentinelApi, finder: IncidentFinder) {
    this.#client = client;
    this.#api = api;
    this.#finder = finder;
  }

  async list(query: IncidentQuery, token: CancellationToken): Promise<IncidentPage> {
    return explained(this.#client, { kind: 'list' }, async () => {
      const { incidents, ...rest } = await readPage(this.#api, query, callerOf(token));
      return { incidents: incidents.map((raw) => this.#finder.known(raw)), ...rest };
    });
  }

  async get(number: number, token: CancellationToken): Promise<IncidentDetails> {
    return explained(this.#client, { kind: 'read', number }, async () => this.#details(await this.#finder.find(number, callerOf(token)), callerOf(token)));
  }

  async change(number: number, change: IncidentChange, token: CancellationToken): Promise<Incident> {
    const caller = callerOf(token);
    return explained(this.#client, { kind: 'change', number }, async () => {
      for (let tries = 1; ; tries++) {
        const raw = await this.#finder.find(number, caller);
        const current = this.#finder.known(raw);
        const fields = mergeChange(current, change);
        const wanted = withFields(current, fields);
        try {
          return this.#finder.known(await this.#write(raw, withWritten(raw, fields, wanted), wanted, caller));
        } catch (thrown) {
          if (!isConflict(thrown) || tries === MOST_TRIES) throw thrown;
        }
      }
    });
  }

  async addComment(number: number, message: string, token: CancellationToken): Promise<IncidentDetails> {
    const caller = callerOf(token);
    checkComment(message);
    return explained(this.#client, { kind: 'change', number }, async () => {
      const raw = await this.#finder.find(number, caller);
      const before = await this.#details(raw, caller);
      if (before.comments.length >= MAX_COMMENTS) {
        throw new HuntError({ kind: 'refused', message: `Incident #${number} has ${MAX_COMMENTS} comments, the most it can have.` });
      }
      const written = await this.#comment(raw, message, caller);
      return this.#afterComment(raw, before, written, caller);
    });
  }

  async deleteComment(number: number, commentId: string, token: CancellationToken): Promise<IncidentDetails> {
    const caller = callerOf(token);
    return explained(this.#client, { kind: 'change', number }, async () => {
      const raw = await this.#finder.find(number, caller);
      const before = await this.#details(raw, caller);
      if (!before.comments.some(({ id }) => id === commentId)) throw new HuntError({ kind: 'notFound', what: 'comment', name: commentId });
      await this.#api.deleteComment(raw.name, commentId, caller);
      const comments = before.comments.filter(({ id }) => id !== commentId);
      return this.#afterDeletion(raw, { ...before, comments }, caller);
    });
  }

  async #details(raw: RawIncident, caller: Caller): Promise<IncidentDetails> {
    const { name } = raw;
    const [alerts, entities, bookmarks, comments] = await Promise.all([
      this.#api.alerts(name, caller),
      this.#api.entities(name, caller),
      this.#api.bookmarks(name, caller),
      this.#api.comments(name, caller),
    ]);
    return {
      incident: this.#finder.known(raw),
      alerts: alerts.map(alertOf),
      entities: entitiesOf(entities),
      comments: inOrder(comments),
      bookmarks: bookmarks.map(bookmarkOf),
    };
  }

  /** Where no answer tells whether the incident was written, it is looked at. */
  async #write(raw: RawIncident, written: Sentinel.Incident, wanted: Incident, caller: Caller): Promise<Sentinel.Incident> {
    try {
      return await this.#api.writeIncident(raw.name, written, caller);
    } catch (thrown) {
      if (!isUncertain(thrown)) throw thrown;
      const now = await this.#api.incident(raw.name, caller).catch(() => undefined);
      if (now && isWritten(incidentOf(now, ''), wanted)) return now;
      throw thrown;
    }
  }

  async #comment(raw: RawIncident, message: string, caller: Caller): Promise<Sentinel.IncidentComment> {
    const name = randomUUID();
    try {
      return await this.#api.writeComment(raw.name, name, message, caller);
    } catch (thrown) {
      // A first try that was answered badly may have written it.
      const isThere = isUncertain(thrown) || isConflict(thrown);
      const written = isThere ? await this.#api.comment(raw.name, name, caller).catch(() => undefined) : undefined;
      if (written) return written;
      throw thrown;
    }
  }

  /** The comment is written: a failure to read what the incident is now must not look as if it were not. */
  async #afterComment(
    raw: RawIncident,
    before: IncidentDetails,
    written: Sentinel.IncidentComment,
    caller: Caller,
  ): Promise<IncidentDetails> {
    try {
      const [incident, comments] = await Promise.all([this.#api.incident(raw.name, caller), this.#api.comments(raw.name, caller)]);
      return { ...before, incident: this.#finder.known(incident), comments: inOrder(comments) };
    } catch {
      const comments = [...before.comments, commentOf(written)];
      return { ...before, incident: { ...before.incident, commentCount: comments.length }, comments };
    }
  }

  /** The comment is gone, whether or not the incident can be read again. */
  async #afterDeletion(raw: RawIncident, after: IncidentDetails, caller: Caller): Promise<IncidentDetails> {
    const incident = await this.#api.incident(raw.name, caller).then(
      (now) => this.#finder.known(now),
      () => ({ ...after.incident, commentCount: after.comments.length }),
    );
    return { ...after, incident };
  }
}

function inOrder(comments: readonly Sentinel.IncidentComment[]): IncidentDetails['comments'] {
  return comments.map(commentOf).sort((left, right) => Date.parse(left.createdTime) - Date.parse(right.createdTime));
}

/** Is there nothing left to write? */
function isWritten(now: Incident, wanted: Incident): boolean {
  const parts = ({ severity, status, owner, labels, ...more }: Incident): string => {
    const { classification, classificationReason, classificationComment } = more;
    const assigned = owner?.objectId ?? owner?.email ?? owner?.name;
    return JSON.stringify([severity, status, assigned, labels, classification, classificationReason, classificationComment]);
  };
  return parts(now) === parts(wanted);
}
