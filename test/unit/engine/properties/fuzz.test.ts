/** A short run of `npm run fuzz`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyLargeInput, everyNestedInput } from '../../../fuzz/extremes';
import { FuzzEngine } from '../../../fuzz/fuzzEngine';
import { inputAt } from '../../../fuzz/inputs';
import { Random } from '../../../fuzz/randomness';
import { realQueries } from '../../../fuzz/realQueries';

const seeds = realQueries(path.resolve(import.meta.dirname, '../../../..'));
let folder: string;
let engine: FuzzEngine;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'huntbook-fuzz-'));
  engine = await FuzzEngine.open(folder, '');
}, 60_000);

afterAll(async () => {
  engine.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function defects(texts: readonly string[], run: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const text of texts) {
    for (const finding of [await engine.translate(text), run ? await engine.run(text) : undefined]) {
      if (finding?.severity === 'defect') found.push(`${finding.message}: ${text.slice(0, 300)}`);
    }
  }
  const changed = await engine.verify();
  return changed ? [...found, changed.message] : found;
}

describe('Whatever the text of a query', { timeout: 600_000 }, () => {
  it('random and hostile inputs end in an answer or a clear error', async () => {
    expect(await defects(Array.from({ length: 200 }, (_, index) => inputAt(7, index, seeds).text), false)).toEqual([]);
  });

  it('running them changes nothing and writes nothing', async () => {
    expect(await defects(Array.from({ length: 30 }, (_, index) => inputAt(8, index, []).text), true)).toEqual([]);
  });

  it('nesting 5,000 deep ends in a clear error or an answer', async () => {
    expect(await defects(everyNestedInput(5000, new Random(1)), false)).toEqual([]);
  });

  it('long literals and many arms are no trouble', async () => {
    expect(await defects(everyLargeInput(20_000, new Random(1)), false)).toEqual([]);
  });
});
