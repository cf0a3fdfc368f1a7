import { randomUUID } from 'node:crypto';
import type * as Sentinel from '@azure/arm-securityinsight';
import type { AzureConnection } from '../../../common/azure';
import type { CancellationToken } from '../../../common/cancellation';
import type { IncidentPage } from '../../../common/engineProtocol';
import { HuntError } from '../../../common/errors';
import { type Incident, type IncidentChange, type IncidentDetails, type IncidentQuery, MAX_COMMENTS } from '../../../common/incidents';
import { checkComment, mergeChange, withFields } from '../../incidentChanges';
import type { AzureIncidents } from '../azureIncidents';
import type { AzureWire, Caller } from '../wire/azureCall';
import { ServiceFailure } from '../wire/serviceFailure';
import { entitiesOf } from './entityMapping';
import { numberFilter } from './incidentFilter';
import { alertOf, bookmarkOf, commentOf, incidentOf, withWritten } from './incidentMapping';
import { readPage } from './incidentPages';
import { SentinelApi, type SentinelWorkspace } from './sentinelApi';
import { isUncertain, type SentinelWork, sentinelError } from './sentinelErrors';

/** How often a change that meets another one is merged with it and written again. */
const MOST_TRIES = 5;

/** The service says that the incident is another one by now: 409 for the etag in a body, 412 for one in a header. */
const conflicts: ReadonlySet<number> = new Set([409, 412]);

/** An incident as the service has it: all its fields, to be written back. */
type Raw = Sentinel.Incident & { readonly name: string };

/** The incidents of a workspace with Microsoft Sentinel. */
export class SentinelIncidents implements AzureIncidents {
  readonly #api: SentinelApi;
  readonly #workspace: SentinelWorkspace;
  readonly #connection: AzureConnection;
  /** What incidents are called in addresses, by number: it never changes. */
  readonly #names = new Map<number, string>();

  /** @param mostWaitMs Longest wait for a busy service; the usual one unless told. */
  constructor(wire: AzureWire, connection: AzureConnection, workspace: SentinelWorkspace, mostWaitMs?: number) {
    this.#api = new SentinelApi(wire, connection, workspace, mostWaitMs);
    this.#workspace = workspace;
    this.#connection = connection;
  }

  async list(query: IncidentQuery, token: CancellationToken): Promise<IncidentPage> {
    return this.#explained({ kind: 'list' }, async () => {
      const { incidents, ...rest } = await readPage(this.#api, query, callerOf(token));
      return { incidents: incidents.map((raw) => this.#known(raw)), ...rest };
    });
  }

  async get(number: number, token: CancellationToken): Promise<IncidentDetails> {
    return this.#explained({ kind: 'read', number }, async () => this.#details(await this.#find(number, callerOf(token)), callerOf(token)));
  }

  async change(number: number, change: IncidentChange, token: CancellationToken): Promise<Incident> {
    const caller = callerOf(token);
    return this.#explained({ kind: 'change', number }, async () => {
      for (let tries = 1; ; tries++) {
        const raw = await this.#find(number, caller);
        const current = this.#known(raw);
        const fields = mergeChange(current, change);
        const wanted = withFields(current, fields);
        try {
          return this.#known(await this.#write(raw, withWritten(raw, fields, wanted), wanted, caller));
        } catch (thrown) {
          const met = thrown instanceof ServiceFailure && conflicts.has(thrown.status);
          if (!met || tries === MOST_TRIES) throw thrown;
        }
      }
    });
  }

  async addComment(number: number, message: string, token: CancellationToken): Promise<IncidentDetails> {
    const caller = callerOf(token);
    checkComment(message);
    return this.#explained({ kind: 'change', number }, async () => {
      const raw = await this.#find(number, caller);
      const before = await this.#details(raw, caller);
      if (before.comments.length >= MAX_COMMENTS) {
        throw new HuntError({ kind: 'refused', message: `Incident #${number} has ${MAX_COMMENTS} comments, the most it can have.` });
      }
      const written = await this.#comment(raw, message, caller);
      return this.#afterComment(raw, before, written, caller);
    });
  }

  /** @throws HuntError `notFound` */
  async #find(number: number, caller: Caller): Promise<Raw> {
    const name = this.#names.get(number);
    const found = name === undefined ? await this.#search(number, caller) : await this.#api.incident(name, caller);
    if (found?.name === undefined) throw notFound(number);
    return { ...found, name: found.name };
  }

  async #search(number: number, caller: Caller): Promise<Sentinel.Incident | undefined> {
    const { incidents } = await this.#api.incidents({ filter: numberFilter(number), top: 1 }, caller);
    return incidents[0];
  }

  async #details(raw: Raw, caller: Caller): Promise<IncidentDetails> {
    const { name } = raw;
    const [alerts, entities, bookmarks, comments] = await Promise.all([
      this.#api.alerts(name, caller),
      this.#api.entities(name, caller),
      this.#api.bookmarks(name, caller),
      this.#api.comments(name, caller),
    ]);
    return {
      incident: this.#known(raw),
      alerts: alerts.map(alertOf),
      entities: entitiesOf(entities),
      comments: inOrder(comments),
      bookmarks: bookmarks.map(bookmarkOf),
    };
  }

  /** Where no answer tells whether the incident was written, it is looked at. */
  async #write(raw: Raw, written: Sentinel.Incident, wanted: Incident, caller: Caller): Promise<Sentinel.Incident> {
    try {
      return await this.#api.writeIncident(raw.name, written, caller);
    } catch (thrown) {
      if (!isUncertain(thrown)) throw thrown;
      const now = await this.#api.incident(raw.name, caller).catch(() => undefined);
      if (now && isWritten(incidentOf(now, ''), wanted)) return now;
      throw thrown;
    }
  }

  async #comment(raw: Raw, message: string, caller: Caller): Promise<Sentinel.IncidentComment> {
    const name = randomUUID();
    try {
      return await this.#api.writeComment(raw.name, name, message, caller);
    } catch (thrown) {
      // A first try that was answered badly may have written it.
      const isThere = isUncertain(thrown) || (thrown instanceof ServiceFailure && conflicts.has(thrown.status));
      const written = isThere ? await this.#api.comment(raw.name, name, caller).catch(() => undefined) : undefined;
      if (written) return written;
      throw thrown;
    }
  }

  /** The comment is written: a failure to read what the incident is now must not look as if it were not. */
  async #afterComment(raw: Raw, before: IncidentDetails, written: Sentinel.IncidentComment, caller: Caller): Promise<IncidentDetails> {
    try {
      const [incident, comments] = await Promise.all([this.#api.incident(raw.name, caller), this.#api.comments(raw.name, caller)]);
      return { ...before, incident: this.#known(incident), comments: inOrder(comments) };
    } catch {
      const comments = [...before.comments, commentOf(written)];
      return { ...before, incident: { ...before.incident, commentCount: comments.length }, comments };
    }
  }

  #known(raw: Sentinel.Incident): Incident {
    const incident = incidentOf(raw, this.#connection.endpoints.portal);
    if (raw.name !== undefined) this.#names.set(incident.number, raw.name);
    return incident;
  }

  async #explained<T>(work: SentinelWork, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (thrown) {
      throw sentinelError(thrown, work, this.#workspace.name, this.#connection.tenantId);
    }
  }
}

function callerOf(token: CancellationToken): Caller {
  return { token, progress: () => undefined };
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

function notFound(number: number): HuntError {
  return new HuntError({ kind: 'notFound', what: 'incident', name: `#${number}` });
}
