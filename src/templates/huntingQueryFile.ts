import { parse } from 'yaml';
import { HuntError } from '../common/errors';
import type { HuntingQuery } from '../common/sentinelService';
import { type EntityColumn, OTHER_GROUP, type Template } from '../common/templates';
import { isObject, type JsonObject, textAt, textsAt } from './notebookJson';
import { plainText } from './plainMarkdown';
import { tablesInQueries, tablesInText } from './tableNames';
import type { TemplatePlace } from './templateReader';

/** Fields that a hunting query or an analytics rule has, and a pipeline or a playbook has not. */
const marks = ['tactics', 'relevantTechniques', 'requiredDataConnectors', 'entityMappings', 'description'];

/**
 * Reads a file of the format of https://github.com/Azure/Azure-Sentinel (hunting queries; analytics rules have the same fields and more).
 * @returns undefined when the file is YAML of another kind, which a repository has many of.
 * @throws HuntError `badNotebook` when it looks like a query and is no YAML.
 */
export function readHuntingQuery(text: string, place: TemplatePlace): Template | undefined {
  if (!/^query\s*:/m.test(text)) return undefined;
  let document: unknown;
  try {
    document = parse(text, { logLevel: 'error' });
  } catch (thrown) {
    const why = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
    throw new HuntError({ kind: 'badNotebook', path: place.path, message: `it is not YAML (${why.replace(/:$/, '')}).` }, { cause: thrown });
  }
  if (!isObject(document)) return undefined;
  const query = textAt(document, 'query');
  if (query === '' || !marks.some((mark) => Object.hasOwn(document, mark))) return undefined;
  const { folder, ...known } = place;
  const connectors = listAt(document, 'requiredDataConnectors').flatMap((connector) => textsAt(connector, 'dataTypes'));
  const metadata = document['metadata'];
  const author = isObject(metadata) ? metadata['author'] : undefined;
  return {
    kind: 'template',
    ...known,
    title: textAt(document, 'name') || fileTitle(place.id),
    description: unquoted(plainText(textAt(document, 'description'))),
    group: folder || OTHER_GROUP,
    tactics: textsAt(document, 'tactics').map((tactic) => tactic.replace(/\s+/g, '')),
    techniques: textsAt(document, 'relevantTechniques'),
    tables: unique([...tablesInText(connectors.join('\n')), ...tablesInQueries(query)]),
    dataSources: unique(connectors),
    version: textOrNumber(document['version']),
    pythonVersion: '',
    author: isObject(author) ? textAt(author, 'name') : '',
    parameters: [],
    query: { query, entities: entityColumns(document) },
  };
}

/** A hunting query saved in a workspace, as a template. `hash` is of its text. */
export function savedQueryTemplate(saved: HuntingQuery, source: string, hash: string): Template {
  return {
    kind: 'template',
    id: `${source}:${saved.id}`,
    source,
    path: '',
    title: saved.name,
    description: saved.description,
    group: OTHER_GROUP,
    tactics: saved.tactics,
    techniques: saved.techniques,
    tables: tablesInQueries(saved.query),
    dataSources: [],
    version: '',
    pythonVersion: '',
    author: '',
    parameters: [],
    hash,
    query: { query: saved.query, entities: [] },
  };
}

/** YAML makes a number of `1.0`, which loses its end. */
function textOrNumber(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function entityColumns(document: JsonObject): readonly EntityColumn[] {
  return listAt(document, 'entityMappings').flatMap((mapping) =>
    listAt(mapping, 'fieldMappings').map((field) => ({
      entity: textAt(mapping, 'entityType'),
      identifier: textAt(field, 'identifier'),
      column: textAt(field, 'columnName'),
    })),
  ).filter(({ entity, column }) => entity !== '' && /^[A-Za-z_]\w*$/.test(column));
}

function listAt(value: JsonObject, key: string): readonly JsonObject[] {
  const found = value[key];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** Descriptions of that repository often stand in quotes within their quotes. */
function unquoted(text: string): string {
  return text.replace(/^'([\s\S]*)'$/, '$1').trim();
}

function fileTitle(id: string): string {
  return (id.split(/[/:]/).at(-1) ?? id).replace(/\.ya?ml$/i, '').replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-_]+/g, ' ').trim();
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
