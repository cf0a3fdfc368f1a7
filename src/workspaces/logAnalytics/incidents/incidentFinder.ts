import type * as Sentinel from '@azure/arm-securityinsight';
import { HuntError } from '../../../common/errors';
import type { Incident } from '../../../common/incidents';
import type { Caller } from '../wire/azureCall';
import { ServiceFailure } from '../wire/serviceFailure';
import { numberFilter } from './incidentFilter';
import { incidentOf } from './incidentMapping';
import type { SentinelApi } from './sentinelApi';

/** An incident as the service has it: all its fields, to be written back. */
export type RawIncident = Sentinel.Incident & { readonly name: string };

/** People know incidents by their numbers, the service by names, which are GUIDs: neither ever changes. */
export class IncidentFinder {
  readonly #api: SentinelApi;
  readonly #portal: string;
  readonly #names = new Map<number, string>();
  readonly #numbers = new Map<string, number>();

  /** @param portal Address of the portal, for what the service gives no address of. */
  constructor(api: SentinelApi, portal: string) {
    this.#api = api;
    this.#portal = portal;
  }

  /** @throws HuntError `notFound` */
  async find(number: number, caller: Caller): Promise<RawIncident> {
    const name = this.#names.get(number);
    const found = name === undefined ? await this.#search(number, caller) : await this.#api.incident(name, caller);
    if (found?.name === undefined) throw new HuntError({ kind: 'notFound', what: 'incident', name: `#${number}` });
    return { ...found, name: found.name };
  }

  /** For people; its name is known from now on. */
  known(raw: Sentinel.Incident): Incident {
    const incident = incidentOf(raw, this.#portal);
    if (raw.name !== undefined) {
      this.#names.set(incident.number, raw.name);
      this.#numbers.set(raw.name.toLowerCase(), incident.number);
    }
    return incident;
  }

  /** Of an incident whose name has been seen. */
  knownNumber(name: string): number | undefined {
    return this.#numbers.get(name.toLowerCase());
  }

  /** Undefined for an incident that is deleted. */
  async numberOf(name: string, caller: Caller): Promise<number | undefined> {
    try {
      return this.knownNumber(name) ?? this.known(await this.#api.incident(name, caller)).number;
    } catch (thrown) {
      if (thrown instanceof ServiceFailure && thrown.status === 404) return undefined;
      throw thrown;
    }
  }

  async #search(number: number, caller: Caller): Promise<Sentinel.Incident | undefined> {
    const { incidents } = await this.#api.incidents({ filter: numberFilter(number), top: 1 }, caller);
    return incidents[0];
  }
}
