import { describe, expect, it } from 'vitest';
import { savedDataResource } from '../../../src/common/dataResource';

const shown = (json: unknown): object | undefined => {
  const result = savedDataResource(json, 'r')?.result;
  return result && { columns: result.columns.map(({ name, type }) => `${name}:${type}`), rows: result.preview.rows, count: result.rowCount };
};

describe('savedDataResource', () => {
  it("reads pandas' tables", () => {
    const json = {
      schema: {
        fields: [
          { name: 'index', type: 'integer' },
          { name: 'time', type: 'datetime' },
          { name: 'user', type: 'string' },
          { name: 'score', type: 'number' },
          { name: 'ok', type: 'boolean' },
        ],
        primaryKey: ['index'],
        pandas_version: '1.4.0',
      },
      data: [
        { index: 0, time: '2024-05-06T07:08:09.123', user: 'mia', score: 1.5, ok: true },
        { index: 1, time: null, user: null, score: null, ok: null },
      ],
    };
    expect(shown(json)).toEqual({
      columns: ['index:long', 'time:datetime', 'user:string', 'score:real', 'ok:bool'],
      rows: [
        [0, '2024-05-06T07:08:09.1230000Z', 'mia', 1.5, true],
        [1, null, '', null, null],
      ],
      count: 2,
    });
  });

  it.each<[string, string, string]>([
    ['2024-05-06', 'datetime', '2024-05-06T00:00:00.0000000Z'],
    ['2024-05-06T07:08:09.123456789Z', 'datetime', '2024-05-06T07:08:09.1234567Z'],
    ['2024-05-06T07:08:09+02:00', 'datetime', '2024-05-06T05:08:09.0000000Z'],
    ['yesterday', 'string', 'yesterday'],
    ['2024-02-31T00:00:00Z', 'string', '2024-02-31T00:00:00Z'],
    ['2024-05-06T25:00:00Z', 'string', '2024-05-06T25:00:00Z'],
  ])('the time %s is a %s: %s', (text, type, value) => {
    expect(shown({ schema: { fields: [{ name: 't', type: 'datetime' }] }, data: [{ t: text }] })).toMatchObject({ columns: [`t:${type}`], rows: [[value]] });
  });

  it('keeps values that do not fit their type, as text', () => {
    const json = { schema: { fields: [{ name: 'n', type: 'integer' }, { name: 'o', type: 'object' }] }, data: [{ n: 1, o: { a: [1] } }, { n: 'two' }, { n: 2 ** 60 }] };
    expect(shown(json)).toMatchObject({ columns: ['n:string', 'o:dynamic'], rows: [['1', '{"a":[1]}'], ['two', null], [String(2 ** 60), null]] });
  });

  it('reads rows that are lists, and rows without a schema', () => {
    expect(shown({ schema: { fields: [{ name: 'a' }, { name: 'b', type: 'integer' }] }, data: [['x', 1]] })).toMatchObject({ columns: ['a:string', 'b:long'], rows: [['x', 1]] });
    expect(shown({ data: [{ a: 'x' }, { b: 2 }] })).toMatchObject({ columns: ['a:string', 'b:string'], rows: [['x', ''], ['', '2']] });
  });

  it('takes hostile names as names', () => {
    const json = JSON.parse('{"schema":{"fields":[{"name":"__proto__","type":"string"},{"name":"constructor","type":"toString"},{"name":7}]},"data":[{"__proto__":"p"}]}') as unknown;
    expect(shown(json)).toMatchObject({ columns: ['__proto__:string', 'constructor:string', '7:string'], rows: [['p', '', '']] });
  });

  it.each([null, 7, 'text', [], {}, { data: {} }, { data: [] }, { schema: { fields: [] }, data: [{}] }])('%j is no table', (json) => {
    expect(savedDataResource(json, 'r')).toBeUndefined();
  });
});
