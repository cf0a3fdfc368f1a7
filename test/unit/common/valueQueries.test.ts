import { describe, expect, it } from 'vitest';
import type { ColumnEntity } from '../../../src/common/entityColumns';
import type { KqlType, WireValue } from '../../../src/common/kqlTypes';
import { entityWords, inList, kqlDatatable, pivotQueries, whereOperator } from '../../../src/common/valueQueries';
import { analyze } from '../../../src/kql/analysis';
import { knownTable, knownTableNames } from '../../../src/workspaces/schemas/knownSchemas';

const column = (name: string, type: KqlType = 'string') => ({ name, type });
const hostile = ['"; drop | //', '\\', 'a\nb', '\u202Efdp', "') | take 1", '{{x}}'];

describe('whereOperator', () => {
  const cases: readonly (readonly [type: KqlType, values: readonly WireValue[], exclude: boolean, text: string])[] = [
    ['string', ['a'], false, 'where C == "a"'],
    ['string', ['a'], true, 'where C != "a"'],
    ['string', ['a', 'b', 'a'], false, 'where C in ("a", "b")'],
    ['string', ['a', 'b'], true, 'where C !in ("a", "b")'],
    ['string', [''], false, 'where C == ""'],
    ['long', [null], false, 'where isnull(C)'],
    ['long', [1, null], false, 'where C == long(1) or isnull(C)'],
    ['long', [1, 2, null], true, 'where C !in (long(1), long(2)) and isnotnull(C)'],
    ['long', ['9223372036854775807'], false, 'where C == long(9223372036854775807)'],
    ['datetime', ['2024-05-06T07:08:09.1234567Z'], false, 'where C == datetime(2024-05-06T07:08:09.1234567Z)'],
    ['dynamic', ['{"a":1}'], false, 'where tostring(C) == "{\\"a\\":1}"'],
  ];
  it.each(cases)('%s %j, exclude %s', (type, values, exclude, text) => {
    expect(whereOperator(column('C', type), values, exclude)).toBe(text);
  });

  it('quotes names that are no identifiers', () => {
    expect(whereOperator(column('a "b" c'), ['x'])).toBe('where ["a \\"b\\" c"] == "x"');
  });
});

describe('kqlDatatable', () => {
  it('names columns that have no name, or a taken one', () => {
    const text = kqlDatatable([column('A'), column(''), column('A', 'long')], [['x', 'y', null]]);
    expect(text).toBe('datatable(A: string, Column2: string, A2: long) [\n    "x", "y", long(null),\n]');
  });
});

it('lists leave out what is missing', () => expect(inList(['a', null, 'a'], 'string')).toBe('("a")'));

describe('what is made of hostile values', () => {
  const tables = [{ name: 'T', columns: [column('C'), column('D', 'dynamic')] }];
  const schema = { tables, functions: [], watchlists: [] };
  const check = (kql: string): readonly unknown[] => analyze(kql, schema).errors;

  it.each(hostile)('binds, and is one statement: %j', (value) => {
    expect(check(`T | ${whereOperator(column('C'), [value])}`)).toEqual([]);
    expect(check(`T | where C in ${inList([value, 'b'], 'string')}`)).toEqual([]);
    expect(check(kqlDatatable([column('C')], [[value]]))).toEqual([]);
  });
});

describe('pivotQueries', () => {
  const kinds = Object.keys(entityWords) as ColumnEntity[];
  const tables = knownTableNames().map((name) => ({ name, columns: knownTable(name) ?? [] }));
  const schema = { tables, functions: [], watchlists: [] };
  const queries = kinds.flatMap((kind) => pivotQueries(kind, ['x"y', 'b'], '2024-05-06T07:08:09.1234567Z').map(({ label, kql }) => [kind, label, kql] as const));

  it.each(queries)('%s: %s binds to the known tables', (_kind, _label, kql) => {
    expect(analyze(kql, schema).errors).toEqual([]);
  });

  it('look for a machine by its name without the domain, and for a hash in the column of its algorithm', () => {
    expect(pivotQueries('Host', ['ws-1.contoso.com'])[0]?.kql).toContain('let entities = dynamic(["ws-1"]);');
    expect(pivotQueries('FileHash', ['a'.repeat(40)])[0]?.kql).toContain('SHA1 in~ (entities)');
  });

  it('leave the time to the notebook when the row has none', () => {
    expect(pivotQueries('Ip', ['203.0.113.7'])[0]?.kql).not.toContain('TimeGenerated between');
    expect(pivotQueries('Ip', [])).toEqual([]);
  });
});
