import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../../src/common/cancellation';
import { wholeView } from '../../../../src/common/engineProtocol';
import type { Column, WireRow } from '../../../../src/common/kqlTypes';
import { Database } from '../../../../src/engine/database';
import { ResultStore } from '../../../../src/results/resultStore';
import { receiveAnswer } from '../../../../src/workspaces/logAnalytics/answer/answerFile';
import { MalformedAnswer } from '../../../../src/workspaces/logAnalytics/answer/rowScanner';
import { storeAnswers } from '../../../../src/workspaces/logAnalytics/answer/storeAnswer';

let root: string;
let database: Database;
let store: ResultStore;
let results = 0;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'huntbook-rows-'));
  const answers = path.join(root, 'answers');
  database = await Database.open({ directory: root, memoryLimitMiB: 512, allowedDirectories: [answers] });
  store = new ResultStore(database);
});
afterAll(() => {
  database.dispose();
  rmSync(root, { recursive: true, force: true });
});

interface Read {
  readonly rows: readonly WireRow[];
  readonly count: number;
  readonly warnings: readonly string[];
}

/** Stores rows as they would come from the service, and reads the first of them. */
async function stored(columns: readonly Column[], rows: string): Promise<Read> {
  const body = `{"tables":[{"name":"T","columns":${JSON.stringify(columns)},"rows":[${rows}]}]}`;
  const file = await receiveAnswer(Readable.from([Buffer.from(body)]), path.join(root, 'answers'));
  const resultId = `r${++results}`;
  try {
    const received = await storeAnswers({ database, store }, { resultId, notebookId: 'n' }, columns, [file], neverCancelled);
    const page = await store.readPage({ resultId, view: wholeView, offset: 0, count: 100 }, neverCancelled);
    return { rows: page.rows, count: received.stored.rowCount, warnings: received.warnings };
  } finally {
    await file.remove();
  }
}

const text: Column = { name: 'a', type: 'string' };
const dynamic: Column = { name: 'a', type: 'dynamic' };

describe('rows of an answer', () => {
  it.each([
    ['a lone half of a surrogate pair', String.raw`["x\ud83dy"]`, 'x\ufffdy'],
    ['an escaped pair', String.raw`["\ud83d\udd75"]`, '🕵'],
    ['a backslash before what looks like one', String.raw`["\\ud83d"]`, String.raw`\ud83d`],
    ['a character zero', String.raw`["a\u0000b"]`, 'a\u0000b'],
    ['a null where a text is due', '[null]', ''],
    ['a number where a text is due', '[5]', '5'],
    ['an object where a text is due', '[{"a":1}]', '{"a":1}'],
  ])('keep %s', async (_name, row, expected) => {
    expect((await stored([text], row)).rows).toEqual([[expected]]);
  });

  it('with halves of characters are mended, and it is said', async () => {
    const { rows, warnings } = await stored([text], String.raw`["a"],["\udd75\ud83d\udd75\\ud83d"]`);
    expect(rows).toEqual([['a'], [String.raw`${'\ufffd'}🕵\ud83d`]]);
    expect(warnings).toEqual(['Some texts hold halves of characters (lone surrogates); each is shown as \ufffd.']);
  });

  it.each([
    ['JSON in a text', String.raw`["{\"a\":1}"]`, '{"a":1}'],
    ['JSON as it is', '[{"a":1}]', '{"a":1}'],
    ['a text', '["plain"]', '"plain"'],
    ['nothing', '[""]', null],
    ['null', '["null"]', null],
  ])('take dynamics as %s', async (_name, row, expected) => {
    expect((await stored([dynamic], row)).rows).toEqual([[expected]]);
  });

  it('keep digits of numbers that JavaScript would lose', async () => {
    const columns: readonly Column[] = [
      { name: 'l', type: 'long' },
      { name: 'd', type: 'decimal' },
      { name: 'r', type: 'real' },
    ];
    const { rows } = await stored(columns, '[-9223372036854775808,"12345678901234567890.0123456789",0.1],[9007199254740993,"1e3",1e-7]');
    expect(rows).toEqual([
      ['-9223372036854775808', '12345678901234567890.0123456789', 0.1],
      ['9007199254740993', '1000', 1e-7],
    ]);
  });

  it('say what cannot be held, and keep the rest', async () => {
    const { rows, warnings } = await stored([{ name: 'd', type: 'decimal' }], '["1.5"],["99999999999999999999999999999999999999"]');
    expect(rows).toEqual([['1.5'], [null]]);
    expect(warnings).toEqual(['1 value of the column d cannot be held as decimal and is empty here.']);
  });

  it('of many columns with one name stay apart', async () => {
    const { rows } = await stored([text, text, { name: 'A', type: 'string' }], '["1","2","3"]');
    expect(rows).toEqual([['1', '2', '3']]);
  });

  it('larger than usual are taken', async () => {
    const large = 'x'.repeat(3_000_000);
    const { count } = await stored([text], `["a"],["${large}"],["b"]`);
    expect(count).toBe(3);
  });

  it.each([
    ['too few values', '["a"]'],
    ['too many values', '["a","b","c"]'],
    ['no JSON inside', '["a",b]'],
    ['a value missing', '["a",]'],
  ])('with %s are refused whole', async (_name, row) => {
    await expect(stored([text, { name: 'b', type: 'long' }], `["x",1],${row}`)).rejects.toThrow(MalformedAnswer);
  });
});
