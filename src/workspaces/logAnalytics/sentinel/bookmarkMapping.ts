import type * as Sentinel from '@azure/arm-securityinsight';
import type { Bookmark, EntityMapping, NewBookmark } from '../../../common/sentinelService';
import { personOf } from '../incidents/incidentMapping';
import { textOf, timeOf } from '../incidents/rawValues';

/** @param incidentNumbers Those that it is attached to. */
export function bookmarkOf(raw: Sentinel.Bookmark, incidentNumbers: readonly number[]): Bookmark {
  return {
    id: raw.name ?? '',
    name: textOf(raw.displayName) ?? '',
    notes: textOf(raw.notes) ?? '',
    query: textOf(raw.query) ?? '',
    queryResult: textOf(raw.queryResult) ?? '{}',
    eventTime: timeOf(raw.eventTime),
    queryStart: timeOf(raw.queryStartTime),
    queryEnd: timeOf(raw.queryEndTime),
    labels: raw.labels ?? [],
    tactics: raw.tactics ?? [],
    techniques: raw.techniques ?? [],
    entities: (raw.entityMappings ?? []).flatMap(entitiesOf),
    createdTime: timeOf(raw.created) ?? '',
    createdBy: personOf(raw.createdBy),
    etag: textOf(raw.etag),
    incidentNumbers,
  };
}

export function rawBookmark(bookmark: NewBookmark): Sentinel.Bookmark {
  const { name, notes, query, queryResult, labels, tactics, techniques, entities, eventTime, queryStart, queryEnd } = bookmark;
  return {
    displayName: name,
    notes,
    query,
    queryResult,
    labels: [...labels],
    tactics: [...tactics],
    techniques: [...techniques],
    ...(eventTime === undefined ? {} : { eventTime: new Date(eventTime) }),
    ...(queryStart === undefined ? {} : { queryStartTime: new Date(queryStart) }),
    ...(queryEnd === undefined ? {} : { queryEndTime: new Date(queryEnd) }),
    entityMappings: entities.map(({ kind, identifier, value }) => ({
      entityType: rawKinds[kind] ?? kind,
      fieldMappings: [{ identifier, value }],
    })),
  };
}

/** Kinds that bookmarks call other than incidents do: https://learn.microsoft.com/azure/sentinel/entities-reference */
const rawKinds: Readonly<Partial<Record<EntityMapping['kind'], string>>> = { Ip: 'IP', Url: 'URL', DnsResolution: 'DNS' };

const kinds: readonly EntityMapping['kind'][] = [
  ...(['Account', 'Host', 'Ip', 'Process', 'File', 'FileHash', 'Url', 'DnsResolution'] as const),
  ...(['Mailbox', 'CloudApplication', 'AzureResource'] as const),
];

function entitiesOf({ entityType = '', fieldMappings = [] }: Sentinel.BookmarkEntityMappings): readonly EntityMapping[] {
  const kind = kinds.find((one) => [one, rawKinds[one]].some((name) => name?.toLowerCase() === entityType.toLowerCase())) ?? 'Other';
  return fieldMappings.map(({ identifier = '', value = '' }) => ({ kind, identifier, value }));
}
