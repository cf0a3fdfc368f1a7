/**
 * Tables of other kernels: pandas (with `display.html.table_schema`), .NET Interactive, Deno and others emit them as
 * `application/vnd.dataresource+json`, a Table Schema with its rows.
 * Source: https://specs.frictionlessdata.io/tabular-data-resource/
 */
import type { Column, KqlType, WireRow, WireValue } from './kqlTypes';
import { SAVED_RESULT_VERSION, type SavedResult } from './savedResult';

export const DATA_RESOURCE_MIME = 'application/vnd.dataresource+json';

const types: Readonly<Record<string, KqlType>> = {
  integer: 'long',
  year: 'long',
  number: 'real',
  boolean: 'bool',
  datetime: 'datetime',
  date: 'datetime',
  object: 'dynamic',
  array: 'dynamic',
  geojson: 'dynamic',
  any: 'string',
};

/**
 * The table as a result that is complete in itself, under an id of the caller's; undefined when it is none. A column whose values do not
 * fit its type is one of texts, so that no value is lost.
 */
export function savedDataResource(json: unknown, resultId: string): SavedResult | undefined {
  if (!isRecord(json) || !Array.isArray(json['data'])) return undefined;
  const data = json['data'] as readonly unknown[];
  const fields = fieldsOf(json['schema'], data);
  if (fields.length === 0) return undefined;
  const raw = data.map((row) => fields.map(({ name }, index) => valueAt(row, name, index)));
  const columns = fields.map(({ name, type }, index): Column => ({ name, type: raw.every((row) => fits(row[index], type)) ? type : 'string' }));
  const rows = raw.map((row): WireRow => columns.map(({ type }, index) => wireValue(row[index], type)));
  return {
    version: SAVED_RESULT_VERSION,
    result: {
      resultId,
      columns,
      rowCount: rows.length,
      preview: { offset: 0, rows, total: rows.length, cuts: [] },
      warnings: [],
      workspace: { id: '', name: '' },
      usedResults: [],
      statistics: { elapsedMs: 0 },
      finishedAt: '',
    },
  };
}

/** Of the schema; without one, the names in the first rows. */
function fieldsOf(schema: unknown, data: readonly unknown[]): readonly Column[] {
  const given = isRecord(schema) && Array.isArray(schema['fields']) ? (schema['fields'] as readonly unknown[]) : undefined;
  if (given) {
    return given.flatMap((field) => {
      if (!isRecord(field)) return [];
      const type = typeof field['type'] === 'string' && Object.hasOwn(types, field['type']) ? types[field['type']] : undefined;
      return [{ name: nameOf(field['name']), type: type ?? 'string' }];
    });
  }
  const names = new Set(data.slice(0, 100).flatMap((row) => (isRecord(row) ? Object.keys(row) : [])));
  return [...names].map((name) => ({ name, type: 'string' }));
}

/** pandas names columns by numbers where they have no names. */
function nameOf(given: unknown): string {
  if (typeof given === 'string') return given;
  return typeof given === 'number' ? String(given) : '';
}

function valueAt(row: unknown, name: string, index: number): unknown {
  if (Array.isArray(row)) return row[index];
  return isRecord(row) && Object.hasOwn(row, name) ? row[name] : null;
}

function fits(value: unknown, type: KqlType): boolean {
  if (value === null || value === undefined) return true;
  switch (type) {
    case 'long':
      return Number.isSafeInteger(value);
    case 'real':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'datetime':
      return typeof value === 'string' && kqlTime(value) !== undefined;
    default:
      return true;
  }
}

function wireValue(value: unknown, type: KqlType): WireValue {
  if (value === null || value === undefined) return type === 'string' ? '' : null;
  if (type === 'datetime') return typeof value === 'string' ? (kqlTime(value) ?? null) : null;
  if (type === 'dynamic') return JSON.stringify(value);
  if (type === 'string') return typeof value === 'string' ? value : JSON.stringify(value);
  return value as number | boolean;
}

const isoTime = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** A time as KQL writes it, in UTC; one without a zone is taken as it is, for pandas leaves it out where it does not know it. */
function kqlTime(text: string): string | undefined {
  const [, date, clock = '00:00:00', fraction = '', zone = 'Z'] = isoTime.exec(text) ?? [];
  // A day that is in no calendar must not become another one.
  if (date === undefined || dayOf(Date.parse(`${date}T00:00:00Z`)) !== date) return undefined;
  const time = Date.parse(`${date}T${clock}${zone}`);
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, 19)}.${fraction.padEnd(7, '0').slice(0, 7)}Z`;
}

function dayOf(time: number): string | undefined {
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
