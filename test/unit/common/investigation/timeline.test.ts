import { describe, expect, it } from 'vitest';
import { marks, ticks, timeline, timelineColumns } from '../../../../src/common/investigation/timeline';
import type { KqlType, WireRow } from '../../../../src/common/kqlTypes';

const columns = (...given: readonly (readonly [string, KqlType])[]) => given.map(([name, type]) => ({ name, type }));
const at = (minute: number): string => `2024-05-06T07:${String(minute).padStart(2, '0')}:00.0000000Z`;

describe('timelineColumns', () => {
  it('prefers the time of the event, and lanes that say what kind it is', () => {
    const found = timelineColumns(columns(['Created', 'datetime'], ['IPAddress', 'string'], ['TimeGenerated', 'datetime'], ['Type', 'string'], ['Bytes', 'real']));
    expect(found).toEqual({ time: 2, lanes: [3, 1], labels: [1, 3] });
  });

  it('takes any time when there is no other', () => {
    expect(timelineColumns(columns(['x', 'long'], ['When', 'datetime']))?.time).toBe(1);
    expect(timelineColumns(columns(['x', 'long']))).toBeUndefined();
  });
});

describe('timeline', () => {
  const rows: readonly WireRow[] = [
    [at(3), 'b'],
    [at(1), 'a'],
    [null, 'a'],
    [at(2), 'a'],
    ['12024-01-01T00:00:00Z', 'a'],
    [at(9), 'c'],
    [at(8), null],
  ];

  it('makes a lane of each value, most events first, each in the order of time', () => {
    const made = timeline(rows, 0, 1, 10);
    expect(made?.lanes.map(({ name, events }) => [name, events.map(({ row }) => row)])).toEqual([
      ['a', [1, 3]],
      ['', [6]],
      ['b', [0]],
      ['c', [5]],
    ]);
    expect(made).toMatchObject({ first: Date.parse(at(1)), last: Date.parse(at(9)), events: 5, skipped: 2 });
  });

  it('puts the values with the fewest events into one lane', () => {
    expect(timeline(rows, 0, 1, 2)?.lanes.map(({ name, events }) => [name, events.length])).toEqual([
      ['a', 2],
      [undefined, 3],
    ]);
  });

  it('is one lane without a column, and nothing without a time', () => {
    expect(timeline(rows, 0, undefined, 5)?.lanes).toHaveLength(1);
    expect(timeline([[null, 'a']], 0, 1, 5)).toBeUndefined();
  });
});

describe('marks', () => {
  const lane = { name: 'a', events: [0, 1, 2, 50, 100].map((time, row) => ({ time, row })) };

  it('puts together what stands too close', () => {
    expect(marks(lane, 0, 100, 10).map(({ events, at: place }) => [events.length, place])).toEqual([
      [3, 0.01],
      [1, 0.5],
      [1, 1],
    ]);
  });

  it('shows a part of the time alone', () => {
    expect(marks(lane, 1, 60, 100).map(({ events }) => events.map(({ row }) => row))).toEqual([[1], [2], [3]]);
  });
});

describe('ticks', () => {
  it.each([
    [0, 3_600_000, 6, 600_000, 7],
    [0, 86_400_000, 4, 21_600_000, 5],
    [5, 12, 10, 1, 8],
    [0, 0, 5, 1, 1],
  ])('from %d to %d at most %d: steps of %d', (start, end, most, step, count) => {
    const made = ticks(start, end, most, 0);
    expect([made.step, made.times.length]).toEqual([step, count]);
  });

  it("are round in the reader's zone", () => {
    expect(ticks(0, 86_400_000, 1, 7_200_000).times).toEqual([79_200_000]);
  });
});
