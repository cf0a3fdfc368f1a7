import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HuntBench, type HuntRun, samples } from './runHunt';

const bench = new HuntBench(new Date('2026-10-01T00:00:00Z'));
let hunt: HuntRun;

beforeAll(async () => {
  const workspace = await bench.connect({ kind: 'folder', path: path.join(samples, 'data', 'fabrikam') });
  expect(workspace).toMatchObject({ name: 'fabrikam', tableCount: 3, problems: [] });
  hunt = await bench.run(path.join(samples, 'own-data.ipynb'));
}, 300_000);
afterAll(() => bench.dispose());

describe('own-data', () => {
  it('runs from beginning to end', () => {
    expect(hunt.failures).toEqual([]);
  });

  it('finds the web shell, its visitor, and what it ran', () => {
    expect(hunt.rows('rare_pages')).toMatchObject([{ Page: '/uploads/help.aspx', Clients: 1, From: ['203.0.113.150'] }, { Page: '/upload.aspx' }]);
    expect(hunt.rows('shells').map((row) => row['CommandLine'])).toContain('cmd.exe /c whoami /priv');
    expect(hunt.rows('children').map((row) => row['Process'])).toEqual(expect.arrayContaining(['whoami.exe', 'net.exe', 'tar.exe']));
  });

  it('finds the account that was made and used', () => {
    expect(hunt.rows('new_accounts').map((row) => [row['TargetUserName'], row['IpAddress']])).toEqual([
      ['support2', '203.0.113.150'],
      ['support2', '203.0.113.150'],
    ]);
  });
});
