import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Generation } from '../../../src/workspaces/sample/generation';
import { sampleTables } from '../../../src/workspaces/sample/sampleTables';
import { DAY, startOfDay } from '../../../src/workspaces/sample/storyTime';
import { type Cell, remembered, type Row } from '../../../src/workspaces/sample/tableRows';

const now = new Date('2026-03-12T15:20:00Z');

interface Digest {
  readonly count: number;
  readonly whole: string;
  /** Of as many rows as the other generation had. */
  readonly beginning: string | undefined;
}

/** A digest of each table's rows, in the order of their times. */
async function digests(at: Date, other: ReadonlyMap<string, Digest> = new Map()): Promise<ReadonlyMap<string, Digest>> {
  const found = new Map<string, Digest>();
  for (const table of sampleTables(new Generation(startOfDay(at), at))) {
    const { times, own, shared } = table.sorted();
    const textOf = remembered((row: Row) => createHash('md5').update(JSON.stringify(row)).digest('base64'));
    const hash = createHash('sha256');
    const cut = other.get(table.name)?.count;
    let beginning: string | undefined;
    for (const [index, time] of times.entries()) {
      if (index === cut) beginning = hash.copy().digest('hex');
      hash.update(`${time}${shared.map((cells) => textOf(cells[index] ?? {})).join(' ')}${JSON.stringify(own[index])}`);
    }
    const whole = hash.digest('hex');
    found.set(table.name, { count: times.length, whole, beginning: cut === times.length ? whole : beginning });
    await setImmediate();
  }
  return found;
}

/** Times that lie ahead by their nature. */
const ahead = new Set(['ExpirationDateTime', 'ValidUntil']);

describe('generated rows', () => {
  it('are the same for the same moment, and begin the same for an earlier one of the day', { timeout: 120_000 }, async () => {
    const earlier = await digests(new Date('2026-03-12T03:00:00Z'));
    const later = await digests(now, earlier);
    expect(await digests(now, earlier)).toEqual(later);
    // The amounts in Usage depend on all rows there are.
    for (const [name, { whole }] of [...earlier].filter(([table]) => table !== 'Usage'))
      expect(later.get(name)?.beginning, name).toBe(whole);
  });

  it('know nothing of the future, and only columns and types of their schema', { timeout: 120_000 }, async () => {
    const end = now.getTime() - startOfDay(now);
    for (const table of sampleTables(new Generation(startOfDay(now), now))) {
      const types = new Map(table.columns.map(({ name, type }) => [name, type]));
      const { times, own, shared } = table.sorted();
      expect(times.at(-1) ?? 0, table.name).toBeLessThanOrEqual(end);
      expect(times[0] ?? 0, table.name).toBeGreaterThanOrEqual(-14 * DAY);
      const problems = new Set<string>();
      for (const row of new Set([table.constants, ...own, ...shared.flat()])) {
        for (const [column, cell] of Object.entries(row)) {
          const type = types.get(column);
          if (!fits(cell, type)) problems.add(`${column}: ${String(cell)} is no ${type ?? 'column'}`);
          if (type === 'datetime' && typeof cell === 'number' && cell > end && !ahead.has(column))
            problems.add(`${column} is in the future`);
        }
      }
      expect([...problems], table.name).toEqual([]);
      await setImmediate();
    }
  });
});

function fits(cell: Cell, type: string | undefined): boolean {
  if (cell === null || cell === undefined) return type !== undefined && type !== 'string';
  switch (type) {
    case 'string':
      return typeof cell === 'string';
    case 'dynamic':
      return typeof cell === 'string' && isJson(cell);
    case 'bool':
      return typeof cell === 'boolean';
    case 'int':
      return typeof cell === 'number' && Number.isInteger(cell) && Math.abs(cell) < 2 ** 31;
    case 'long':
      return Number.isSafeInteger(cell);
    case 'real':
    case 'datetime':
      return typeof cell === 'number' && Number.isFinite(cell);
    default:
      return false;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
