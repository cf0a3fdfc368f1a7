import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/engine/database';
import { ownCases } from './ownCases';
import { type PublishedCase, runCase } from './run';

const directory = mkdtempSync(join(tmpdir(), 'huntbook-conformance-'));
let database: Database;

beforeAll(async () => {
  database = await Database.open({ directory, memoryLimitMiB: 1024, allowedDirectories: [] });
}, 60_000);
afterAll(() => {
  database.dispose();
  rmSync(directory, { recursive: true, force: true });
});

describe('KQL means what its documentation says', () => {
  for (const published of ownCases) {
    it(published.id, async () => {
      const { verdict, detail } = await runCase(database, published);
      expect(detail).toBeUndefined();
      expect(verdict).toBe('matched');
    });
  }
});

/** A file of published examples, when one is at hand; it is no part of the project. */
const file = process.env['HUNTBOOK_PUBLISHED_CASES'];

describe('published examples', () => {
  it.skipIf(file === undefined)('give no wrong answers but those known', { timeout: 600_000 }, async () => {
    const cases = JSON.parse(await readFile(file ?? '', 'utf8')) as PublishedCase[];
    const wrong: string[] = [];
    for (const published of cases) {
      const { id, verdict, detail, publishedWrong } = await runCase(database, published);
      if (verdict === 'wrong' && published.deterministic && publishedWrong === undefined) wrong.push(`${id}: ${detail ?? ''}`);
    }
    expect(wrong.length / cases.length).toBeLessThanOrEqual(0.01);
  });
});
