import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AllowedFiles } from '../../../src/engine/externalFiles';
import { TestEngine } from './engine';

const root = mkdtempSync(path.join(tmpdir(), 'huntbook-external-'));
const allowed = path.join(root, 'allowed');
const file = (name: string): string => path.join(allowed, name);
const single = path.join(root, 'single.csv');
const secret = path.join(root, 'secret.csv');
mkdirSync(allowed);
writeFileSync(file('users.csv'), 'Name,Logons,Last\nann,3,2024-05-06T01:02:03Z\n"Bob ""B"", jr",many,\n\nzoe,1,2024-05-01,extra\nshort\n');
writeFileSync(file('users.csv.gz'), gzipSync('ann,1\nbob,2\n'));
writeFileSync(file('ips.txt'), '# list\n10.0.0.1\n\n10.0.0.2, with comma\n');
writeFileSync(file('lines.json'), '{"a":1,"b":{"c":"x"},"d":[1,2]}\n{"a":2}\n');
writeFileSync(file('array.json'), '[{"a":1,"b":{"c":"x"}},\n {"a":2.5,"b":null}]');
writeFileSync(file('semicolon.scsv'), 'a;1\nb;2\n');
writeFileSync(single, 'only,1\n');
writeFileSync(secret, 'secret,1\n');
symlinkSync(secret, file('link.csv'));

const external = new AllowedFiles([allowed, single, path.join(root, 'missing'), 'relative']);
const engine = new TestEngine({ allowedDirectories: external.folders, allowedFiles: external.files });
beforeAll(() => engine.open(), 60_000);
afterAll(() => {
  engine.close();
  rmSync(root, { recursive: true, force: true });
});

const rows = async (query: string): Promise<unknown> => engine.rows(query, { external });
const quoted = (name: string): string => `@'${name}'`;

describe('externaldata', () => {
  const users = `externaldata(Name:string, Logons:long, Last:datetime)[${quoted(file('users.csv'))}]`;
  it('reads CSV: what does not fit its type is null, what a line lacks is empty, what it has beyond is passed over', async () => {
    expect(await rows(`${users} with(format="csv", ignoreFirstRecord=true)`)).toEqual([
      ['ann', 3, '2024-05-06T01:02:03.0000000Z'],
      ['Bob "B", jr', null, null],
      ['zoe', 1, '2024-05-01T00:00:00.0000000Z'],
      ['short', null, null],
    ]);
  });
  it('takes the format of the ending, and the first record as a record', async () => {
    expect(await rows(`${users} | count`)).toEqual([[5]]);
    expect(await rows(`externaldata(k:string, n:int)[${quoted(file('semicolon.scsv'))}]`)).toEqual([['a', 1], ['b', 2]]);
  });
  it('reads packed files, several at once', async () => {
    const both = `[${quoted(file('users.csv.gz'))}, ${quoted(single)}]`;
    expect(await rows(`externaldata(k:string, n:long)${both} | order by k asc`)).toEqual([['ann', 1], ['bob', 2], ['only', 1]]);
  });
  it('reads text: a line is a record, "empty lines are skipped"', async () => {
    const ips = `externaldata(ip:string)[${quoted(file('ips.txt'))}]`;
    expect(await rows(ips)).toEqual([['# list'], ['10.0.0.1'], ['10.0.0.2, with comma']]);
    expect(await rows(`${ips} with(format="txt", ignoreFirstRecord=True)`)).toEqual([['10.0.0.1'], ['10.0.0.2, with comma']]);
    expect(await rows(`${ips} with(format="raw") | project strlen(ip) > 30`)).toEqual([[true]]);
  });
  it('reads JSON by the names of its properties, or by a mapping', async () => {
    expect(await rows(`externaldata(a:long, b:dynamic, d:dynamic)[${quoted(file('lines.json'))}]`)).toEqual([[1, '{"c":"x"}', '[1,2]'], [2, null, null]]);
    const mapping = '[{"Column":"n","Properties":{"Path":"$.a"}},{"Column":"c","Properties":{"Path":"$.b.c"}}]';
    expect(await rows(`externaldata(n:real, c:string, none:string)[${quoted(file('array.json'))}] with(format="multijson", ingestionMapping='${mapping}')`)).toEqual([
      [1, 'x', ''],
      [2.5, '', ''],
    ]);
  });
  it('finds file addresses, and paths relative to an allowed folder', async () => {
    expect(await rows(`externaldata(k:string)[${quoted(pathToFileURL(single).href)}]`)).toEqual([['only']]);
    expect(await rows('externaldata(k:string)["ips.txt"] | count')).toEqual([[3]]);
  });
  it('is a table like others', async () => {
    const names = `externaldata(Name:string, Logons:long)[${quoted(file('users.csv'))}]`;
    expect(await rows(`print u = "ann" | where u in ((${names} | project Name)) | count`)).toEqual([[1]]);
    expect(await rows(`let list = materialize(${names}); list | union list | count`)).toEqual([[10]]);
  });
});

describe('externaldata refuses', () => {
  const refused = (address: string, more = ''): unknown => engine.error(`externaldata(k:string)[${quoted(address)}] ${more}`, { external });
  it('addresses of the network', () => {
    expect(refused('https://example.com/list.csv')).toMatchObject({ kind: 'unsupported', feature: 'externaldata from https addresses' });
    expect(refused('abfss://x@y.dfs.core.windows.net/z')).toMatchObject({ kind: 'unsupported', feature: 'externaldata from abfss addresses' });
  });
  it('files that are not allowed, whether they are there or not', () => {
    for (const address of [secret, path.join(allowed, '..', 'secret.csv'), file('link.csv'), '../secret.csv', '/etc/passwd', file('none.csv'), allowed]) {
      expect(refused(address)).toMatchObject({ kind: 'unsupported', feature: `externaldata from "${address}", which is no file of the setting huntbook.engine.allowedFiles` });
    }
  });
  it('everything when nothing is allowed', () => {
    expect(engine.error(`externaldata(k:string)[${quoted(single)}]`)).toMatchObject({ kind: 'unsupported' });
    expect(engine.error(`externaldata(k:string)[${quoted(single)}]`, { external: new AllowedFiles([]) })).toMatchObject({ kind: 'unsupported' });
  });
  it('formats it does not read, and mappings that compute', () => {
    expect(refused(single, 'with(format="avro")')).toMatchObject({ feature: 'externaldata of the format avro' });
    const mapping = '[{"Column":"k","Properties":{"Path":"$.a","Transform":"DateTimeFromUnixSeconds"}}]';
    expect(refused(single, `with(format="json", ingestionMapping='${mapping}')`)).toMatchObject({ kind: 'unsupported' });
  });
});
