import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  await engine.table('E', 'datatable(n:long, u:string, e:string)[1,"x","A", 2,"y","A", 3,"x","A", 4,"y","B", 5,"x","B", 6,"x","A", 7,"y","C"]');
}, 60_000);
afterAll(() => engine.close());

/** Each line: a query, its rows in order, and why. */
const lines: readonly (readonly [query: string, rows: readonly (readonly unknown[])[], why: string])[] = [
  ['E | sort by n asc | scan with (step a: e == "A"; step b: e == "B";) | project n', [[1], [2], [3], [4], [5], [6]], 'C matches no step; B repeats in b'],
  ['E | sort by n asc | scan with (step a output=last: e == "A"; step b: e == "B";) | project n', [[3], [4], [5], [6]], 'last of the matches of a sequence'],
  ['E | sort by n asc | scan with (step a output=none: e == "A"; step b: e == "B";) | project n', [[4], [5]], 'none: a gives nothing'],
  ['E | sort by n asc | scan with (step a: e == "A"; step b: e == "A" and a.n > 1;) | project n', [[1], [2], [3], [3], [6], [6]], 'a row that matches two steps comes twice'],
  ['E | sort by n asc | scan with_match_id=m with (step a: e == "A"; step b: e == "B";) | project n, m', [[1, 0], [2, 0], [3, 0], [4, 0], [5, 0], [6, 1]], 'b takes the sequence; the next A begins another'],
  ['E | sort by n asc | scan declare (c:long=10, d:string) with (step a: e == "A" => c = a.c + 1;) | project n, c, d', [[1, 11, ''], [2, 12, ''], [3, 13, ''], [6, 14, '']], 'defaults before the first match; unassigned stays default'],
  ['E | sort by n asc | scan declare (since:long) with (step a: e == "A"; step b: e != "A" => since = n - a.n;) | project n, since', [[1, null], [2, null], [3, null], [4, 1], [5, 2], [6, null], [7, 1]], 'b knows the a of its sequence: n=3 for 4 and 5, n=6 for 7'],
  ['E | sort by n asc | scan with (step a: e == "Z";) | count', [[0]], 'no match, no rows'],
  ['E | where n > 99 | sort by n asc | scan with_match_id=m with (step a: true;) | count', [[0]], 'no rows'],
  ['E | partition hint.strategy=native by u (sort by n asc | scan with_match_id=m with (step a: e == "A"; step b: e == "B";)) | project u, n, m | sort by u asc, n asc', [['x', 1, 0], ['x', 3, 0], ['x', 5, 0], ['x', 6, 1], ['y', 2, 0], ['y', 4, 0]], 'each partition has a state of its own'],
  ['range x from 1 to 1000 step 1 | scan declare (s:long=0) with (step a: true => s = x + a.s;) | summarize max(s), count()', [[500500, 1000]], 'many rows'],
  ['datatable(x:long)[1, long(null), 3] | scan declare (seen:long) with (step a: true => seen = coalesce(x, a.seen);) | project seen', [[1], [1], [3]], 'fill forward'],
];

describe('scan', () => {
  for (const [query, rows, why] of lines) {
    it(`${why}: ${query}`, async () => {
      expect(await engine.rows(query)).toEqual(rows);
    });
  }
  it('adds the declared columns and the match id', async () => {
    expect(await engine.names('E | sort by n asc | scan with_match_id=m declare (c:long) with (step a: true;)')).toEqual(['n', 'u', 'e', 'c', 'm']);
    expect(await engine.names('E | sort by n asc | scan declare (c:long) with (step a: true;) | extend d = 1')).toEqual(['n', 'u', 'e', 'c', 'd']);
  });
  it('refuses what looks at other rows', () => {
    expect(engine.error('E | sort by n asc | scan with (step a: n == prev(n);)')).toMatchObject({ kind: 'unsupported' });
    expect(engine.error('E | sort by n asc | scan with (step a: n in ((E | project n));)')).toMatchObject({ kind: 'unsupported' });
  });
});
