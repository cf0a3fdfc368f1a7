import type { Column, KqlType } from '../../common/kqlTypes';
import { HuntError } from '../../common/errors';
import { Renderer } from '../render';
import type { Plan } from '../plan';
import type { PluginInput } from './registry';

/**
 * Thrown while a query is translated when the columns of a plugin depend on the data. Who translates runs `sql`, has the schema made of
 * its rows, writes it into the text at `position`, and translates again.
 */
export class SchemaNeeded extends Error {
  constructor(
    /** Offset in the analysed text, where the schema clause belongs. */
    readonly position: number,
    readonly sql: string,
    readonly schemaOf: (rows: readonly (readonly unknown[])[]) => Schema,
  ) {
    super('the columns of a plugin depend on the data');
  }
}

export interface Schema {
  readonly columns: readonly Column[];
  /** There were no rows: columns that the query names are taken as they come. */
  readonly isEmpty: boolean;
}

/** Asks for the columns of a plugin's result. */
export function needSchema({ node, translator }: PluginInput, question: Plan, schemaOf: SchemaNeeded['schemaOf']): never {
  if (translator.insideCall) translator.unsupported('a plugin whose columns depend on the data inside a function', node, 'Write its schema: evaluate … : (Name:string, …).');
  const call = node.need('FunctionCall');
  throw new SchemaNeeded(call.start + call.length, new Renderer().statement(question), schemaOf);
}

/** A schema clause. */
export function schemaText(columns: readonly Column[]): string {
  return ` : (${columns.map(({ name, type }) => `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']:${type}`).join(', ')})`;
}

const jsonTypes: Readonly<Record<string, KqlType>> = { VARCHAR: 'string', BOOLEAN: 'bool', BIGINT: 'long', UBIGINT: 'long', DOUBLE: 'real' };

/** The type of values whose JSON types are listed, separated by commas: one type, else dynamic. */
export function typeOfValues(list: string): KqlType {
  const types = new Set(list.split(',').filter((name) => name !== '' && name !== 'NULL').map((name) => jsonTypes[name] ?? 'dynamic'));
  const [first = 'dynamic'] = types;
  return types.size === 1 ? first : 'dynamic';
}

/** Refuses names that come twice. */
export function refuseTwice(columns: readonly Column[], plugin: string): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw new HuntError({ kind: 'query', message: `evaluate ${plugin}(): there would be two columns named '${name}'.` });
    seen.add(name);
  }
}
