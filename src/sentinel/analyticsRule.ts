import type { EntityKind, Severity } from '../common/incidents';
import type { MappedColumn } from './bookmarkDraft';

/** A scheduled analytics rule, as far as a query tells. */
export interface RuleDraft {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  readonly query: string;
  /** How far back it looks, ISO 8601. */
  readonly period: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly entities: readonly MappedColumn[];
}

const entityTypes: Readonly<Partial<Record<EntityKind, string>>> = { Ip: 'IP', Url: 'URL', DnsResolution: 'DNS' };

/**
 * The rule in the format of the Azure-Sentinel repository, to be read by people before it goes anywhere. Texts are JSON strings, which
 * YAML reads as they are; the query stands as a block.
 * @see https://github.com/Azure/Azure-Sentinel/wiki/Query-Style-Guide
 */
export function analyticsRuleYaml(draft: RuleDraft): string {
  const { id, name, description, severity, period, tactics, techniques, entities, query } = draft;
  return [
    `id: ${id}`,
    `name: ${JSON.stringify(name)}`,
    `description: ${JSON.stringify(description)}`,
    `severity: ${severity}`,
    'status: Available',
    'requiredDataConnectors: []',
    `queryFrequency: ${shortDuration(period)}`,
    `queryPeriod: ${shortDuration(period)}`,
    'triggerOperator: gt',
    'triggerThreshold: 0',
    ...list('tactics', tactics),
    ...list('relevantTechniques', techniques),
    'query: |',
    ...query.split(/\r\n?|\n/).map((line) => (line.trim() === '' ? '' : `  ${line.replaceAll('\t', '    ')}`)),
    ...(entities.length === 0 ? [] : ['entityMappings:']),
    ...entities.flatMap(({ kind, identifier, column }) => [
      `  - entityType: ${entityTypes[kind] ?? kind}`,
      '    fieldMappings:',
      `      - identifier: ${identifier}`,
      `        columnName: ${JSON.stringify(column)}`,
    ]),
    'version: 1.0.0',
    'kind: Scheduled',
    '',
  ].join('\n');
}

function list(key: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [`${key}: []`] : [`${key}:`, ...values.map((value) => `  - ${JSON.stringify(value)}`)];
}

/** `P1D` as rules write it: `1d`; `PT1H`: `1h`. A rule looks back 14 days at most. */
function shortDuration(duration: string): string {
  const [, days = '0', hours = '0', minutes = '0'] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
  const total = Number(days) * 1440 + Number(hours) * 60 + Number(minutes);
  const allowed = total === 0 ? 1440 : Math.min(total, 14 * 1440);
  if (allowed % 1440 === 0) return `${allowed / 1440}d`;
  return allowed % 60 === 0 ? `${allowed / 60}h` : `${allowed}m`;
}
