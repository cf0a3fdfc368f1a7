import type { KqlType } from '../../common/kqlTypes';
import { literal } from '../expression';
import { valuesPlan } from '../values';
import type { Operator } from './registry';

const dotNetTypes: Readonly<Record<KqlType, string>> = {
  bool: 'System.SByte',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  string: 'System.String',
  datetime: 'System.DateTime',
  timespan: 'System.TimeSpan',
  guid: 'System.Guid',
  dynamic: 'System.Object',
};

/** `getschema`: one row a column. */
export const getSchema: Operator = ({ input, translator }) =>
  valuesPlan(
    translator,
    [
      { name: 'ColumnName', type: 'string' },
      { name: 'ColumnOrdinal', type: 'long' },
      { name: 'DataType', type: 'string' },
      { name: 'ColumnType', type: 'string' },
    ],
    input.columns.map(({ name, type }, index) => [literal('string', name), literal('long', BigInt(index)), literal('string', dotNetTypes[type]), literal('string', type)]),
  );
