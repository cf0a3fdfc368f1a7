import { isSameEntity } from '../common/entityText';
import type { Entity, EntityKind, Incident } from '../common/incidents';
import type { SimilarIncident } from '../common/sentinelService';

export interface ComparedIncident {
  readonly incident: Incident;
  readonly entities: readonly Entity[];
}

/** Most incidents that are told. */
const MOST_SIMILAR = 20;
const SAME_TITLE = 3;
const DAY = 86_400_000;

/** How much it says that two incidents name the same one: a hash names one file, a program's name many. */
const weights: Readonly<Record<EntityKind, number>> = {
  FileHash: 5,
  Account: 4,
  Host: 4,
  Ip: 4,
  Url: 4,
  DnsResolution: 4,
  Mailbox: 4,
  AzureResource: 3,
  CloudApplication: 2,
  Process: 2,
  File: 1,
  Other: 1,
};

/**
 * Incidents that may belong to one: those that name the same entities or have the same title, the likeliest first. An entity that many
 * incidents name says less; of those that are equally like it, the closer in time comes first.
 */
export function similarIncidents(of: ComparedIncident, others: readonly ComparedIncident[]): readonly SimilarIncident[] {
  const candidates = others.filter(({ incident }) => incident.number !== of.incident.number);
  const named = of.entities.map((entity) => ({ entity, count: candidates.filter(({ entities }) => names(entities, entity)).length }));
  return candidates
    .map(({ incident, entities }) => {
      const shared = named.filter(({ entity }) => names(entities, entity));
      const sameTitle = isSameTitle(incident.title, of.incident.title);
      const weight = shared.reduce((sum, { entity, count }) => sum + weights[entity.kind] / Math.sqrt(count), 0);
      return {
        similar: { incident, shared: shared.map(({ entity }) => entity), sameTitle },
        score: weight + (sameTitle ? SAME_TITLE : 0) + closeness(incident, of.incident),
      };
    })
    .filter(({ similar }) => similar.sameTitle || similar.shared.length > 0)
    .sort((left, right) => right.score - left.score || right.similar.incident.number - left.similar.incident.number)
    .slice(0, MOST_SIMILAR)
    .map(({ similar }) => similar);
}

/** Do titles say the same, whatever their numbers are? */
export function isSameTitle(left: string, right: string): boolean {
  const plain = (title: string): string => title.toLowerCase().replace(/\d+/gu, '#').replace(/\s+/gu, ' ').trim();
  return plain(left) === plain(right);
}

function names(entities: readonly Entity[], entity: Entity): boolean {
  return entities.some((other) => isSameEntity(other, entity));
}

/** 1 for the same moment, less than a half after a week. */
function closeness(left: Incident, right: Incident): number {
  const days = Math.abs(Date.parse(left.firstActivityTime) - Date.parse(right.firstActivityTime)) / DAY;
  return Number.isFinite(days) ? 1 / (1 + days / 6) : 0;
}
