import type { CancellationToken } from '../../../common/cancellation';
import type { Entity, Incident } from '../../../common/incidents';
import type { SimilarIncident } from '../../../common/sentinelService';
import { type ComparedIncident, isSameTitle, similarIncidents } from '../../similarIncidents';
import { entitiesOf } from '../incidents/entityMapping';
import type { IncidentFinder } from '../incidents/incidentFinder';
import type { SentinelApi } from '../incidents/sentinelApi';
import type { SentinelClient } from '../incidents/sentinelClient';
import { explained } from '../incidents/sentinelErrors';
import { fewAtOnce } from '../wire/atOnce';
import { type Caller, callerOf } from '../wire/azureCall';

const DAY = 86_400_000;
/** Incidents that were created so long before or after are compared. */
const DAYS_AROUND = 14;
/** Most that are listed, and most whose entities are read: each costs a call. */
const MOST_LISTED = 200;
const MOST_COMPARED = 30;

/** The service has no list of similar incidents: those of the same weeks are compared here. */
export class SimilarInAzure {
  readonly #client: SentinelClient;
  readonly #api: SentinelApi;
  readonly #finder: IncidentFinder;
  /** Entities by the version of the incident: they are asked again only when it has changed. */
  readonly #entities = new Map<string, readonly Entity[]>();

  constructor(client: SentinelClient, api: SentinelApi, finder: IncidentFinder) {
    this.#client = client;
    this.#api = api;
    this.#finder = finder;
  }

  async of(number: number, token: CancellationToken): Promise<readonly SimilarIncident[]> {
    const caller = callerOf(token);
    return explained(this.#client, { kind: 'read', number }, async () => {
      const raw = await this.#finder.find(number, caller);
      const incident = this.#finder.known(raw);
      const found = await this.#api.incidents({ filter: aroundFilter(incident), orderBy: 'properties/createdTimeUtc desc', top: MOST_LISTED }, caller);
      const others = found.incidents.map((one) => ({ name: one.name ?? '', incident: this.#finder.known(one) }));
      const likeliest = inOrder(others, incident);
      const compared = await fewAtOnce(likeliest.slice(0, MOST_COMPARED), async (one) => this.#compared(one.name, one.incident, caller));
      const rest = likeliest.slice(MOST_COMPARED).map((one) => ({ incident: one.incident, entities: [] }));
      return similarIncidents(await this.#compared(raw.name, incident, caller), [...compared, ...rest]);
    });
  }

  async #compared(name: string, incident: Incident, caller: Caller): Promise<ComparedIncident> {
    const version = `${name} ${incident.etag ?? incident.lastModifiedTime}`;
    const entities = this.#entities.get(version) ?? entitiesOf(await this.#api.entities(name, caller));
    this.#entities.set(version, entities);
    return { incident, entities };
  }
}

/** Those with the same title first, then the closest in time. */
function inOrder<T extends { readonly incident: Incident }>(others: readonly T[], { number, title, createdTime }: Incident): readonly T[] {
  const distance = ({ incident }: T): number =>
    Math.abs(Date.parse(incident.createdTime) - Date.parse(createdTime)) - (isSameTitle(incident.title, title) ? 2 * DAYS_AROUND * DAY : 0);
  return others.filter(({ incident }) => incident.number !== number).sort((left, right) => distance(left) - distance(right));
}

function aroundFilter({ createdTime }: Incident): string {
  const at = Date.parse(createdTime);
  const time = (days: number): string => new Date(at + days * DAY).toISOString();
  return `properties/createdTimeUtc ge ${time(-DAYS_AROUND)} and properties/createdTimeUtc le ${time(DAYS_AROUND)}`;
}
