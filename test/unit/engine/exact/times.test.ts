/**
 * Datetimes and timespans, to 100 ns from year 1 to 9999. Spellings: the tables of
 * https://learn.microsoft.com/kusto/query/scalar-data-types/datetime#supported-formats.
 */
import { describe, expect, it } from 'vitest';
import { NOW } from '../engine';
import { datetimeText } from '../../../../src/engine/wire';
import { openEngine, values } from './expressions';

const engine = openEngine();
const FIRST = '0001-01-01T00:00:00.0000000Z';
const LAST = '9999-12-31T23:59:59.9999999Z';

describe('spellings, of literals and of text alike', () => {
  const spellings: readonly (readonly [string, string])[] = [
    ['2014-05-25T08:20:03.123456Z', '2014-05-25T08:20:03.1234560Z'],
    ['2014-05-25T08:20:03.123456', '2014-05-25T08:20:03.1234560Z'],
    ['2014-05-25T08:20', '2014-05-25T08:20:00.0000000Z'],
    ['2014-11-08 15:55:55.123456Z', '2014-11-08T15:55:55.1234560Z'],
    ['2014-11-08 15:55', '2014-11-08T15:55:00.0000000Z'],
    ['2014-11-08', '2014-11-08T00:00:00.0000000Z'],
    ['Sat, 8 Nov 14 15:05:02 GMT', '2014-11-08T15:05:02.0000000Z'],
    ['Sat, 8 Nov 14 15:05', '2014-11-08T15:05:00.0000000Z'],
    ['8 Nov 14 15:05:02', '2014-11-08T15:05:02.0000000Z'],
    ['8 Nov 14 15:05 GMT', '2014-11-08T15:05:00.0000000Z'],
    ['Saturday, 08-Nov-14 15:05:02 GMT', '2014-11-08T15:05:02.0000000Z'],
    ['08-Nov-14 15:05', '2014-11-08T15:05:00.0000000Z'],
    ['2014-11-08 15:05:25 GMT', '2014-11-08T15:05:25.0000000Z'],
    ['2014-11-08T15:05 GMT', '2014-11-08T15:05:00.0000000Z'],
    // Month first, as .NET reads dates without a culture; the documentation's example only says that both spellings agree.
    ['12-02-2022', '2022-12-02T00:00:00.0000000Z'],
    ['02/16/2024 08:40:00 PM', '2024-02-16T20:40:00.0000000Z'],
    ['2017 - 08 - 01', '2017-08-01T00:00:00.0000000Z'],
    ['2025, 6, 14', '2025-06-14T00:00:00.0000000Z'],
    ['2024-05-31T10:00:00.1234567+02:00', '2024-05-31T08:00:00.1234567Z'],
    ['2024-05-31T10:00:00-0530', '2024-05-31T15:30:00.0000000Z'],
    ['20240531', '2024-05-31T00:00:00.0000000Z'],
    ['May 31, 2024', '2024-05-31T00:00:00.0000000Z'],
    ['2024', '2024-01-01T00:00:00.0000000Z'],
    ['0001-01-01', FIRST],
    ['9999-12-31 23:59:59.9999999', LAST],
  ];
  it.each(spellings)('%s', async (text, expected) => {
    expect(await engine.rows(`print datetime("${text}"), todatetime("${text}")`)).toEqual([[expected, expected]]);
  });
  it.each(['13/02/2022', '2014-02-30', '2014-02-30T00:00:00Z', '10:00', 'today', '2024-05-31T25:00:00Z', '0000-01-01'])('%s is none', async (text) => {
    expect(await engine.value(`todatetime("${text}")`)).toBeNull();
  });
});

values(engine, 'literals', [
  // "datetime() returns the current time."
  ['datetime()', datetimeText(NOW)],
  ['datetime(null)', null],
  ['time(1.02:03:04.0000005)', '1.02:03:04.0000005'],
  ['timespan(15 seconds)', '00:00:15'],
  ['timespan(2)', '2.00:00:00'],
  ['1.5h', '01:30:00'],
  ['10microsecond', '00:00:00.0000100'],
  ['1tick', '00:00:00.0000001'],
  ['totimespan("-1.00:00:00.0000001")', '-1.00:00:00.0000001'],
]);

values(engine, 'arithmetic at the ends of time', [
  ['datetime(0001-01-01) + 1tick', '0001-01-01T00:00:00.0000001Z'],
  ['datetime(9999-12-31 23:59:59.9999999) - 1tick', '9999-12-31T23:59:59.9999998Z'],
  ['datetime(9999-12-31) - datetime(0001-01-01)', '3652058.00:00:00'],
  ['datetime(9999-12-31 23:59:59.9999999) > datetime(9999-12-31 23:59:59.9999998)', true],
  ['startofyear(datetime(0001-06-01))', FIRST],
  ['endofyear(datetime(9999-01-01))', LAST],
  ['bin(datetime(0001-01-01 00:00:59), 1m)', FIRST],
  ['format_datetime(datetime(0001-02-03), "yyyy-MM-dd")', '0001-02-03'],
  ['format_datetime(datetime(9999-12-31 23:59:59.9999999), "yy HH:mm:ss.fffffff")', '99 23:59:59.9999999'],
  ['datetime_part("year", datetime(9999-12-31))', 9999],
  ['dayofweek(datetime(0001-01-01))', '1.00:00:00'],
  ['tostring(time(-10675199.02:48:05.4775808))', '-10675199.02:48:05.4775808'],
  ['tostring(time(10675199.02:48:05.4775807))', '10675199.02:48:05.4775807'],
]);

values(engine, 'arithmetic', [
  ['1d / 1s', 86_400],
  ['24 * 60 * time(00:01:00) / time(1s)', 86_400],
  ['7d % 2d', '1.00:00:00'],
  ['-1h % 25m', '00:15:00'],
  ['2.5 * 1m', '00:02:30'],
  ['1h / 4', '00:15:00'],
  ['bin(-1h, 1d)', '-1.00:00:00'],
  ['bin_at(datetime(2024-05-08 10:17), 1h, datetime(2024-05-08 00:05))', '2024-05-08T10:05:00.0000000Z'],
  ['bin_at(6.5, 2.5, 7)', 4.5],
  ['datetime_add("month", 1, datetime(2024-01-31 00:00:00.1234567))', '2024-02-29T00:00:00.1234567Z'],
  ['datetime_diff("month", datetime(2024-02-01), datetime(2024-01-31))', 1],
  ['datetime_diff("nanosecond", datetime(2020-01-01 00:00:00.0000001), datetime(2020-01-01))', 100],
  ['make_datetime(2024, 2, 30)', null],
  ['make_datetime(2024, 2, 29, 1, 2, 3.4567891)', '2024-02-29T01:02:03.4567891Z'],
  ['make_timespan(1, 12, 30, 55.123)', '1.12:30:55.1230000'],
  ['make_timespan(24, 0)', null],
  ['unixtime_milliseconds_todatetime(1.5)', '1970-01-01T00:00:00.0015000Z'],
  ['week_of_year(datetime(2020-12-31))', 53],
  // "The first week of a year was defined as the week with the year's first Wednesday in it": weekofyear() is the old one.
  ['weekofyear(datetime(2014-01-04))', 1],
  ['weekofyear(datetime(2014-01-05))', 2],
  ['week_of_year(datetime(2014-01-05))', 1],
]);

values(engine, 'formats', [
  // The examples of format_datetime() and format_timespan().
  ['format_datetime(datetime(2017-01-29 09:00:05), "yy-MM-dd [HH:mm:ss]")', '17-01-29 [09:00:05]'],
  ['format_datetime(datetime(2017-01-29 09:00:05), "yyyy-M-dd [H:mm:ss]")', '2017-1-29 [9:00:05]'],
  ['format_datetime(datetime(2017-01-29 09:00:05), "yy-MM-dd [hh:mm:ss tt]")', '17-01-29 [09:00:05 AM]'],
  ['format_timespan(time(29.09:00:05.12345), "dd.hh:mm:ss [FF]")', '29.09:00:05 [12]'],
  ['format_timespan(time(29.09:00:05.12345), "ddd.h:mm:ss [fffffff]")', '029.9:00:05 [1234500]'],
  ['format_datetime(datetime(2024-05-08 00:30), "h:mm tt")', '12:30 AM'],
]);

values(engine, 'time zones', [
  ['datetime_utc_to_local(datetime(2024-07-01), "America/New_York")', '2024-06-30T20:00:00.0000000Z'],
  ['datetime_local_to_utc(datetime(2020-02-02 20:02:20), "Europe/Paris")', '2020-02-02T19:02:20.0000000Z'],
  // In the hour that the change of clocks leaves out, the clock after it counts: the documentation's second example.
  ['datetime_local_to_utc(datetime(2022-03-27 02:00), "Europe/Brussels")', '2022-03-27T00:00:00.0000000Z'],
  ['set_has_element(datetime_list_timezones(), "Europe/Paris")', true],
]);

describe('sessions', () => {
  const times = 'datatable(t:datetime)[datetime(2024-01-01 00:00), datetime(2024-01-01 00:04), datetime(2024-01-01 00:08), datetime(2024-01-01 00:20)]';
  it('end after a gap, and after the longest they may last', async () => {
    const sessions = (longest: string, gap: string): Promise<unknown> =>
      engine.rows(`${times} | sort by t asc | extend s = row_window_session(t, ${longest}, ${gap}) | project format_datetime(s, "mm")`);
    expect(await sessions('1h', '5m')).toEqual([['00'], ['00'], ['00'], ['20']]);
    // "If the value equals or exceeds the previous session value plus MaxDistanceFromFirst."
    expect(await sessions('8m', '5m')).toEqual([['00'], ['00'], ['08'], ['20']]);
    expect(await sessions('1h', '4m')).toEqual([['00'], ['04'], ['08'], ['20']]);
  });
  it('start again where the condition holds', async () => {
    expect(await engine.rows(`${times} | sort by t asc | extend s = row_window_session(t, 1h, 1h, t == datetime(2024-01-01 00:08)) | summarize count() by s | sort by s asc | project count_`)).toEqual([[2], [2]]);
  });
});
