/**
 * Scalar functions. A new function is one entry in the table of its theme (`strings.ts`, `numbers.ts`, …): its name and how
 * its call becomes SQL.
 *
 *     strlen: ({ args: [text] }) => sql('long')`length(${text})`,
 *
 * - `args` are already translated; `call.text(i)`, `call.as(i, type)` convert one as Kusto converts arguments.
 * - The SQL must yield the physical type of the expression's KQL type (see ../catalog.ts); a string is never NULL: `coalesce(…, '')`.
 * - `call.type` is the type Kusto's binder gives the call.
 * - What is not supported for some arguments: `call.unsupported('…')`. Never a guess.
 * - A longer SQL body belongs in a macro (../macros/), used as `kql.name(…)`.
 */
import { HuntError } from '../../common/errors';
import type { KqlType } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, literal } from '../expression';
import type { Scope } from '../scope';
import type { ScalarInput } from '../scalars/registry';
import type { Translator } from '../translator';
import { arrayFunctions } from './arrays';
import { conditionalFunctions } from './conditionals';
import { conversionFunctions } from './conversions';
import { dateFunctions } from './dates';
import { digestFunctions } from './digests';
import { dynamicFunctions } from './dynamics';
import { encodingFunctions } from './encodings';
import { geoFunctions } from './geo';
import { ipFunctions } from './ip';
import { numberFunctions } from './numbers';
import { parserFunctions } from './parsers';
import { patternFunctions } from './patterns';
import { seriesFunctions } from './series';
import { stringFunctions } from './strings';
import { systemFunctions } from './system';
import { unitFunctions } from './units';
import { windowFunctions } from './windows';

/** A call of a scalar function. */
export interface Call {
  readonly name: string;
  readonly args: readonly Expression[];
  /** Type of the result, as the binder has it. */
  readonly type: KqlType;
  /** Syntax of the arguments. */
  readonly nodes: readonly KqlNode[];
  readonly node: KqlNode;
  readonly scope: Scope;
  readonly translator: Translator;
  /** An argument; missing ones end in an error. */
  arg(index: number): Expression;
  /** An argument in a type; undefined when it was not given. */
  optional(index: number, type?: KqlType): Expression | undefined;
  /** An argument converted as `tolong()` and so on do. */
  as(index: number, type: KqlType): Expression;
  text(index: number): Expression;
  /** The value of an argument that has to be constant. */
  constant(index: number): bigint | number | string | boolean | null | undefined;
  unsupported(feature: string): never;
  invalid(message: string): never;
}

export type ScalarFunction = (call: Call) => Expression;
export type FunctionTable = Readonly<Record<string, ScalarFunction>>;

export function callOf({ node, scope, translator }: ScalarInput): Call {
  const nodes = node.need('ArgumentList').list('Expressions');
  const name = node.need('Name').simpleName ?? '';
  let translated: Expression[] | undefined;
  const args = (): Expression[] => (translated ??= nodes.map((argument) => translator.scalar(argument, scope)));
  return {
    name,
    get args() {
      return args();
    },
    type: node.scalarType ?? 'dynamic',
    nodes,
    node,
    scope,
    translator,
    arg(index) {
      const argument = args()[index];
      if (!argument)
        throw new HuntError({ kind: 'query', message: `${name}() needs ${index + 1} arguments.`, span: translator.spanOf(node) });
      return argument;
    },
    optional(index, type) {
      const argument = args()[index];
      return argument && type ? convert(argument, type) : argument;
    },
    as(index, type) {
      return convert(this.arg(index), type);
    },
    text(index) {
      return convert(this.arg(index), 'string');
    },
    constant(index) {
      const argument = args()[index];
      return argument?.kind === 'literal' ? argument.value : undefined;
    },
    unsupported: (feature) => translator.unsupported(feature, node),
    invalid: (message) => translator.invalid(message, node),
  };
}

export const longLiteral = (value: number | bigint): Expression => literal('long', BigInt(value));

/** All scalar functions by name. */
export const functions: ReadonlyMap<string, ScalarFunction> = new Map(
  [
    stringFunctions,
    patternFunctions,
    numberFunctions,
    dateFunctions,
    digestFunctions,
    dynamicFunctions,
    arrayFunctions,
    conditionalFunctions,
    conversionFunctions,
    encodingFunctions,
    geoFunctions,
    ipFunctions,
    parserFunctions,
    seriesFunctions,
    systemFunctions,
    unitFunctions,
    windowFunctions,
  ].flatMap((table) => Object.entries(table)),
);
