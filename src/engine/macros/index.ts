import { dynamicMacros } from './dynamics';
import { numberMacros } from './numbers';
import { stringMacros } from './strings';
import { dateMacros } from './dates';
import { arrayMacros } from './arrays';
import { ipMacros } from './ip';
import { seriesMacros } from './series';
import { termMacros } from './terms';
import { textMacros } from './text';

/** Statements that make the engine's macros, all in the schema `kql`. Each is written `name(parameters) AS body`. */
export function macroStatements(): string[] {
  const macros = [
    ...numberMacros,
    ...textMacros,
    ...dynamicMacros,
    ...termMacros,
    ...stringMacros,
    ...dateMacros,
    ...arrayMacros,
    ...ipMacros,
    ...seriesMacros,
  ];
  return ['CREATE SCHEMA IF NOT EXISTS kql', ...macros.map((macro) => `CREATE OR REPLACE MACRO kql.${macro}`)];
}
