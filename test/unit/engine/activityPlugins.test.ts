import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  // The users of each day from the page of new_activity_metrics.
  await engine.table(
    'Users',
    `print days = dynamic([[0,2,3,4],[0,1,3,4,5],[0,2,4,5],[0,1,2,3],[0,1,2,3,4]]) | mv-expand with_itemindex=day users = days | mv-expand user = users to typeof(long)
     | project user, Timestamp = datetime(2019-11-01) + day * 1d + 5h, side = iff(user < 3, "low", "high")`,
  );
}, 60_000);
afterAll(() => engine.close());

/** Rows as text, datetimes by their day. */
async function rows(query: string): Promise<string[]> {
  return (await engine.sorted(query)).map((row) => row.map((value) => String(value).replace(/T00:00:00\.0000000Z$/u, '')).join(' '));
}

const span = 'datetime(2019-11-01), datetime(2019-11-07) - 1tick';

describe('new_activity_metrics', () => {
  it('gives the published table', async () => {
    const published = [
      '2019-11-01 2019-11-01 4 4 0 1 0',
      '2019-11-01 2019-11-02 2 3 1 0.75 0.25',
      '2019-11-01 2019-11-03 1 3 1 0.75 0.25',
      '2019-11-01 2019-11-04 1 3 1 0.75 0.25',
      '2019-11-01 2019-11-05 1 4 0 1 0',
      '2019-11-01 2019-11-06 0 0 4 0 1',
      '2019-11-02 2019-11-02 2 2 0 1 0',
      '2019-11-02 2019-11-03 0 1 1 0.5 0.5',
      '2019-11-02 2019-11-04 0 1 1 0.5 0.5',
      '2019-11-02 2019-11-05 0 1 1 0.5 0.5',
      '2019-11-02 2019-11-06 0 0 2 0 1',
    ];
    expect(await rows(`Users | evaluate new_activity_metrics(user, Timestamp, ${span}, 1d) | where from_Timestamp < datetime(2019-11-03)`)).toEqual(published);
  });
  it('takes one cohort, dimensions and ids from before', async () => {
    expect(await rows(`Users | evaluate new_activity_metrics(user, Timestamp, ${span}, 1d, datetime(2019-11-02)) | count`)).toEqual(['5']);
    expect(await rows(`Users | evaluate new_activity_metrics(user, Timestamp, ${span}, 3d, side) | project from_Timestamp, to_Timestamp, side, dcount_new_values, dcount_retained_values`)).toEqual([
      '2019-11-01 2019-11-01 high 3 3',
      '2019-11-01 2019-11-01 low 3 3',
      '2019-11-01 2019-11-04 high 0 2',
      '2019-11-01 2019-11-04 low 0 3',
    ]);
    const before = 'let Before = datatable(day:long, user:long)[1, 0, 1, 2];';
    expect(await rows(`${before} Users | evaluate new_activity_metrics(user, Timestamp, ${span}, 3d, datetime(2019-11-01), Before) | project dcount_new_values`)).toEqual(['0', '4']);
  });
});

describe('activity_metrics', () => {
  it('compares each step with the one before', async () => {
    // Day 2 keeps 0, 3 and 4 of the four users of day 1, and has 1 and 5 anew.
    expect(await rows(`Users | evaluate activity_metrics(user, Timestamp, ${span}, 1d)`)).toEqual([
      '2019-11-01 4 4 NaN NaN',
      '2019-11-02 5 2 0.75 0.25',
      '2019-11-03 4 1 0.6 0.4',
      '2019-11-04 4 2 0.5 0.5',
      '2019-11-05 5 1 1 0',
    ]);
  });
  it('takes weeks of the calendar, which begin on Sunday', async () => {
    expect(await rows(`Users | evaluate activity_metrics(user, Timestamp, ${span}, "week")`)).toEqual(['2019-10-27 6 6 NaN NaN', '2019-11-03 6 0 1 0']);
    expect(await rows('Users | evaluate activity_metrics(user, Timestamp, 1d) | count')).toEqual(['5']);
  });
});

describe('activity_engagement, sliding_window_counts, active_users_count, session_count', () => {
  it('the ratio of inner and outer windows', async () => {
    expect(await rows(`Users | evaluate activity_engagement(user, Timestamp, ${span}, 1d, 2d)`)).toEqual([
      '2019-11-01 4 4 1',
      '2019-11-02 5 6 0.8333333333333334',
      '2019-11-03 4 6 0.6666666666666666',
      '2019-11-04 4 6 0.6666666666666666',
      '2019-11-05 5 5 1',
      '2019-11-06 0 5 0',
    ]);
    expect(await rows('Users | evaluate activity_engagement(user, Timestamp, 1d, 2d) | count')).toEqual(['5']);
  });
  it('a lookback that is no multiple of the step is rounded down; what came before the start counts', async () => {
    expect(await rows('Users | evaluate sliding_window_counts(user, Timestamp, datetime(2019-11-03), datetime(2019-11-04 12:00), 60h, 1d)')).toEqual(['2019-11-03 9 6', '2019-11-04 8 6']);
    expect(await rows('Users | evaluate sliding_window_counts(user, Timestamp, datetime(2019-11-01), datetime(2019-11-30), 30d, "month", side)')).toEqual(['2019-11-01 high 10 3', '2019-11-01 low 12 3']);
  });
  it('an active user was there in enough periods of the lookback', async () => {
    // User 5 was there on two days in a row, 2 never on three; nobody but 0, 3 and 4 on the first three days.
    expect(await rows('Users | evaluate active_users_count(user, Timestamp, datetime(2019-11-01), datetime(2019-11-03 12:00), 3d, 1d, 3, 1d)')).toEqual(['2019-11-03 2']);
    expect(await rows('Users | evaluate active_users_count(user, Timestamp, datetime(2019-11-01), datetime(2019-11-06), 8d, 1d, 4, 7d, side)')).toEqual(['2019-11-01 high 2', '2019-11-01 low 2']);
  });
  it('sessions: the published chart shows 57, 18, 19, 20, 19, 20 sessions, and 23 at 3600', async () => {
    const data = 'range Timeline from 1 to 9999 step 1 | extend k = 1 | join kind=inner (range Id from 1 to 50 step 1 | extend k = 1) on k | where Timeline % Id == 0';
    const found = await engine.rows(`${data} | evaluate session_count(Id, Timeline, 1, 10000, 100, 41) | where Timeline < 600 or Timeline == 3600 | sort by Timeline asc`);
    expect(found.map(([, count]) => count)).toEqual([57, 18, 19, 20, 19, 20, 23]);
  });
});

describe('rolling_percentile, rows_near', () => {
  it('a window of bins that ends with each bin', async () => {
    const data = 'datatable(t:long, v:real, k:string)[0, 1.0, "a", 1, 2.0, "a", 10, 3.0, "a", 35, 9.0, "a", 0, 7.0, "b"]';
    expect(await rows(`${data} | evaluate rolling_percentile(v, 50, t, 10, 2, k)`)).toEqual(['0 a 1', '0 b 7', '10 a 2', '30 a 9']);
  });
  it('the rows around those that fulfil a condition', async () => {
    const data = 'range n from 1 to 20 step 1 | sort by n desc';
    expect((await engine.rows(`${data} | evaluate rows_near(n == 10 or n == 9, 1)`)).flat()).toEqual([11, 10, 9, 8]);
    expect((await engine.rows(`${data} | evaluate rows_near(n == 19, 3, 0)`)).flat()).toEqual([20, 19]);
    expect((await engine.rows(`${data} | evaluate rows_near(n == 19, 0, 2)`)).flat()).toEqual([19, 18, 17]);
  });
});

it('steps and percentiles out of range are refused', () => {
  expect(engine.error(`Users | evaluate activity_metrics(user, Timestamp, ${span}, 0d)`)).toMatchObject({ message: 'A step has to be greater than zero.' });
  expect(engine.error('Users | evaluate rolling_percentile(user, 101, Timestamp, 1d, 3)')).toMatchObject({ message: 'A percentile is a number from 0 to 100.' });
});

describe('sequences', () => {
  const log = `datatable(u:string, t:datetime, s:string)[
    "x", datetime(2024-01-01 00:00), "A", "x", datetime(2024-01-01 01:00), "B", "x", datetime(2024-01-01 02:00), "B", "x", datetime(2024-01-01 03:00), "C",
    "y", datetime(2024-01-01 00:00), "A", "y", datetime(2024-01-01 05:00), "B",
    "z", datetime(2024-01-01 00:00), "B", "z", datetime(2024-01-01 01:00), "A"]`;
  it('sequence_detect finds every pair within the window', async () => {
    const found = await rows(`${log} | evaluate sequence_detect(t, 2h, 3h, a = s == "A", b = s == "B", u) | project u, a_t, b_t = format_datetime(b_t, "HH:mm"), Duration`);
    expect(found).toEqual(['x 2024-01-01 01:00 01:00:00', 'x 2024-01-01 02:00 02:00:00']);
    expect(await rows(`${log} | evaluate sequence_detect(t, 9h, 2h, s == "A", s == "B", s == "C", u) | count`)).toEqual(['0']);
    expect(await rows(`${log} | evaluate sequence_detect(t, 2h, 3h, s == "A", s == "B", s == "C", u) | count`)).toEqual(['2']);
  });
  it('funnel_sequence tells the states before and after', async () => {
    const call = 'evaluate funnel_sequence(u, t, datetime(2024-01-01), datetime(2024-01-02), 6h, 1d, s, dynamic(["B"]))';
    expect(await rows(`${log} | ${call}`)).toEqual(['2024-01-01  A 1 ["z"]', '2024-01-01 A  1 ["y"]', '2024-01-01 A C 1 ["x"]']);
    expect(await rows(`${log} | evaluate funnel_sequence(u, t, datetime(2024-01-01), datetime(2024-01-02), 2h, 1d, s, dynamic(["A", "B"])) | project prev, next, dcount`)).toEqual([' C 1']);
  });
  it('funnel_sequence_completion counts who reached each state in each period', async () => {
    const call = 'evaluate funnel_sequence_completion(u, t, datetime(2024-01-01), datetime(2024-01-02), 1d, s, dynamic(["A", "B", "C"]), dynamic([2h, 1d]))';
    expect((await engine.rows(`${log} | ${call}`)).map((row) => row.slice(1).join(' '))).toEqual(['A 02:00:00 3', 'B 02:00:00 1', 'C 02:00:00 0', 'A 1.00:00:00 3', 'B 1.00:00:00 2', 'C 1.00:00:00 1']);
  });
});

describe('schema_merge, dcount_intersect', () => {
  const one = 'let A = datatable(Uri:string, HttpStatus:int)["", 1] | getschema;';
  it('the published examples', async () => {
    expect(await engine.rows(`${one} let B = datatable(Uri:string, HttpStatus:int, Referrer:string)["", 1, ""] | getschema; union A, B | evaluate schema_merge()`)).toEqual([
      ['Uri', 0, 'System.String', 'string'],
      ['HttpStatus', 1, 'System.Int32', 'int'],
      ['Referrer', 2, 'System.String', 'string'],
    ]);
    const moved = `${one} let B = datatable(Uri:string, Referrer:string, HttpStatus:int)["", "", 1] | getschema; union A, B`;
    expect(await engine.rows(`${moved} | evaluate schema_merge()`)).toEqual([
      ['Uri', 0, 'System.String', 'string'],
      ['Referrer', 1, 'System.String', 'string'],
      ['HttpStatus', -1, 'ERROR(unknown CSL type:ERROR(columns are out of order))', 'ERROR(columns are out of order)'],
    ]);
    expect((await engine.rows(`${moved} | evaluate schema_merge(PreserveOrder = false)`)).map(([name]) => name)).toEqual(['Uri', 'Referrer', 'HttpStatus']);
  });
  it('types are brought together where they can be', async () => {
    const merged = 'let A = datatable(n:int, s:string)[1, ""] | getschema; let B = datatable(n:long, s:long)[1, 1] | getschema; union A, B | evaluate schema_merge() | project ColumnName, ColumnType';
    expect(await engine.rows(merged)).toEqual([['n', 'long'], ['s', 'ERROR(types cannot be reduced: long, string)']]);
  });
  it('sizes of sets that share values', async () => {
    const sets = 'range x from 1 to 100 step 1 | summarize a = hll(iff(x % 2 == 0, x, 0)), b = hll(iff(x % 3 == 0, x, 0)), c = hll(iff(x % 5 == 0, x, 0))';
    expect(await engine.rows(`${sets} | evaluate dcount_intersect(a, b, c) | project s0 - 1, s1 - 1, s2 - 1`)).toEqual([[50, 16, 3]]);
  });
});

describe('what the engine cannot have says why', () => {
  it.each([
    ['evaluate http_request("https://example.org")', 'cannot reach the network'],
    ['print x = 1 | evaluate python(typeof(*), "result = df")', 'runs code'],
    ['print x = 1 | evaluate preview(1)', 'two tables'],
  ])('%s', (query, reason) => {
    const error = engine.error(query);
    expect(error.kind === 'unsupported' ? error.feature : '').toContain(reason);
  });
});
