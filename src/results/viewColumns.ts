import type { Column } from '../common/kqlTypes';
import { HuntError } from '../common/errors';
import type { DerivedColumn } from '../common/resultViews';
import { quoteText } from '../engine/render';

/** A column of a view: one of the result's, or one derived from it. */
export interface ViewColumn extends Column {
  /** Reads the stored value out of the result's table. */
  readonly sql: string;
}

export function storedColumns(columns: readonly Column[]): readonly ViewColumn[] {
  return columns.map(({ name, type }, index) => ({ name, type, sql: `c${index}` }));
}

/** A kind of JSON value as a derived column tells them apart; `bigLong` is one that a real does not hold exactly. */
export const jsonKinds = ['text', 'bool', 'long', 'bigLong', 'real', 'other'] as const;
export type JsonKind = (typeof jsonKinds)[number];

/** SQL of the value at a path: JSON, NULL where there is none. */
function valueAt(derived: DerivedColumn): string {
  if (derived.path.length === 0) return `c${derived.source}`;
  const pointer = derived.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return `nullif(json_extract(c${derived.source}, ${quoteText(pointer)}), 'null'::JSON)`;
}

/** SQL of the {@link JsonKind} of the value at a path; NULL where there is none. */
export function kindAt(derived: DerivedColumn): string {
  const value = valueAt(derived);
  const whole = `try_cast(${value} ->> '$' AS BIGINT)`;
  return `CASE json_type(${value}) WHEN 'VARCHAR' THEN 'text' WHEN 'BOOLEAN' THEN 'bool' WHEN 'DOUBLE' THEN 'real'
    WHEN 'ARRAY' THEN 'other' WHEN 'OBJECT' THEN 'other' WHEN 'NULL' THEN NULL
    ELSE CASE WHEN ${value} IS NULL THEN NULL WHEN ${whole} BETWEEN -9007199254740992 AND 9007199254740992 THEN 'long'
      WHEN ${whole} IS NULL THEN 'other' ELSE 'bigLong' END END`;
}

/**
 * The derived column as its values allow: of one kind they have a type of their own, so that numbers sort as numbers and texts show
 * without quotes. Of several kinds, or of whole numbers that the type would not hold exactly, they stay `dynamic`.
 * @param kinds Kinds that its values have.
 */
export function derivedColumn(derived: DerivedColumn, kinds: ReadonlySet<JsonKind>): ViewColumn {
  const value = valueAt(derived);
  const text = `(${value} ->> '$')`;
  const isOnly = (...of: readonly JsonKind[]): boolean => kinds.size > 0 && [...kinds].every((kind) => of.includes(kind));
  const { name } = derived;
  if (isOnly('text')) return { name, type: 'string', sql: `coalesce(${text}, '')` };
  if (isOnly('bool')) return { name, type: 'bool', sql: `(${text} = 'true')` };
  if (isOnly('long', 'bigLong')) return { name, type: 'long', sql: `CAST(${text} AS BIGINT)` };
  if (isOnly('long', 'real')) return { name, type: 'real', sql: `CAST(${text} AS DOUBLE)` };
  return { name, type: 'dynamic', sql: value };
}

/** @throws HuntError `refused` when the source is no `dynamic` column. */
export function checkDerived(derived: DerivedColumn, columns: readonly Column[]): void {
  const source = columns[derived.source];
  if (source?.type === 'dynamic') return;
  const message = `The column "${derived.name}" is to be read out of a dynamic column, and ${source ? `"${source.name}" is a ${source.type}` : 'there is none'}.`;
  throw new HuntError({ kind: 'refused', message });
}
