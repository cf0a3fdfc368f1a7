import type { FunctionInfo, TableInfo } from '../../../common/engineProtocol';
import { type Column, kqlTypes } from '../../../common/kqlTypes';
import { isObject } from '../answer/envelope';

/** A table as the query API describes it. */
export interface MetadataTable extends TableInfo {
  /** The column that a timespan filters on. */
  readonly timeColumn?: string | undefined;
}

/** What the service says of the workspace itself: all that is known of one that was named by its GUID. */
export interface MetadataWorkspace {
  readonly name: string;
  readonly resourceId?: string | undefined;
}

export interface Metadata {
  readonly workspace: MetadataWorkspace | undefined;
  readonly tables: readonly MetadataTable[];
  readonly functions: readonly FunctionInfo[];
}

/**
 * Reads the metadata of a workspace. What is not as documented is left out: a schema is a help, and its absence no reason to fail.
 * @see https://learn.microsoft.com/rest/api/loganalytics/dataaccess/metadata/get
 */
export function readMetadata(answer: unknown): Metadata {
  const listed = (name: string): readonly Readonly<Record<string, unknown>>[] => {
    const list = isObject(answer) ? answer[name] : undefined;
    return Array.isArray(list) ? list.filter(isObject) : [];
  };
  const solutionNames = new Map(listed('solutions').map((solution) => [String(solution['id']), String(solution['name'])]));
  const tables = listed('tables').flatMap((table) => tableOf(table, solutionNames));
  const functions = listed('functions').flatMap(functionOf);
  const [own] = listed('workspaces').flatMap(workspaceOf);
  return {
    workspace: own,
    tables: tables.sort((a, b) => a.name.localeCompare(b.name)),
    functions: functions.sort((a, b) => a.name.localeCompare(b.name)),
  };
}

function workspaceOf({ name, resourceId }: Readonly<Record<string, unknown>>): readonly MetadataWorkspace[] {
  return typeof name === 'string' ? [{ name, ...(typeof resourceId === 'string' ? { resourceId } : {}) }] : [];
}

function tableOf(table: Readonly<Record<string, unknown>>, solutionNames: ReadonlyMap<string, string>): readonly MetadataTable[] {
  const { name, columns, description, timespanColumn, related } = table;
  if (typeof name !== 'string' || !Array.isArray(columns)) return [];
  const solutions = isObject(related) && Array.isArray(related['solutions']) ? related['solutions'].map(String) : [];
  const read = columns.filter(isObject).flatMap(columnOf);
  const described = columns.filter(isObject).flatMap(columnDescription);
  const time = typeof timespanColumn === 'string' ? timespanColumn : 'TimeGenerated';
  return [
    {
      name,
      columns: read,
      ...(read.some((column) => column.name === time) ? { timeColumn: time } : {}),
      ...(typeof description === 'string' && description !== '' ? { description } : {}),
      ...(described.length > 0 ? { columnDescriptions: Object.fromEntries(described) } : {}),
      ...(solutions.length > 0 ? { solutions: solutions.map((id) => solutionNames.get(id) ?? id) } : {}),
    },
  ];
}

function columnOf({ name, type }: Readonly<Record<string, unknown>>): readonly Column[] {
  if (typeof name !== 'string') return [];
  return [{ name, type: kqlTypes.find((known) => known === type) ?? 'dynamic' }];
}

function columnDescription({ name, description }: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return typeof name === 'string' && typeof description === 'string' && description !== '' ? [[name, description]] : [];
}

function functionOf(entry: Readonly<Record<string, unknown>>): readonly FunctionInfo[] {
  const { name, body, parameters, description, displayName } = entry;
  if (typeof name !== 'string' || typeof body !== 'string') return [];
  const text = [description, displayName].find((candidate): candidate is string => typeof candidate === 'string' && candidate !== '' && candidate !== name);
  return [{ name, body, parameters: bareParameters(parameters), ...(text === undefined ? {} : { description: text }) }];
}

/** `(a:string, b:long=5)` and `a:string, b:long=5` are both seen. */
function bareParameters(parameters: unknown): string {
  const text = typeof parameters === 'string' ? parameters.trim() : '';
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1).trim() : text;
}
