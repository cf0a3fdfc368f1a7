import type { KqlType } from '../common/kqlTypes';
import { kusto, type RawSymbol } from './bridge';

const names: Readonly<Record<KqlType, string>> = {
  bool: 'Bool',
  int: 'Int',
  long: 'Long',
  real: 'Real',
  decimal: 'Decimal',
  string: 'String',
  datetime: 'DateTime',
  timespan: 'TimeSpan',
  guid: 'Guid',
  dynamic: 'Dynamic',
};

/** Kusto.Language's symbol of a type. */
export function scalarSymbol(type: KqlType): RawSymbol {
  const symbol = kusto.Symbols.ScalarTypes[names[type]];
  if (!symbol) throw new Error(`no symbol for ${type}`);
  return symbol;
}
