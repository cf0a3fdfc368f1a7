import { expect, it } from 'vitest';
import type { ResultNotice } from '../../../src/common/engineProtocol';
import { isWarning, noticeText, statisticsLines } from '../../../src/common/notices';

const notices: readonly (readonly [ResultNotice, boolean, string])[] = [
  [{ kind: 'partial', message: 'One shard failed.' }, true, 'Not all rows: the service answered with an error beside them. One shard failed.'],
  [{ kind: 'truncated', message: 'cut at 500,000 rows.' }, true, 'Not all rows: cut at 500,000 rows.'],
  [{ kind: 'cached', ageSeconds: 45 }, false, "Answered from the service's cache, 45 s old."],
  [{ kind: 'cached', ageSeconds: 118 }, false, "Answered from the service's cache, 2 min old."],
  [{ kind: 'timespan', timespan: 'P7D', from: 'cell' }, false, "Time range sent with the query: P7D, from the cell's option."],
  [{ kind: 'timespan', timespan: 'P1D', from: 'notebook' }, false, "Time range sent with the query: P1D, from the notebook's default."],
  [{ kind: 'searched', plan: 'Basic' }, false, 'The table has the plan Basic: it was searched by itself.'],
];
for (const [notice, warns, text] of notices) {
  it(text, () => {
    expect([noticeText(notice), isWarning(notice)]).toEqual([text, warns]);
  });
}

it('statistics are told as far as the service told them', () => {
  expect(statisticsLines(undefined)).toEqual([]);
  const some = { executionMs: 1534, rowsScanned: 1_234_567, bytesScanned: 5_242_880, queueMs: 0, tables: ['SigninLogs', 'AuditLogs'] };
  expect(statisticsLines(some)).toEqual([
    'Time in the service: 1.53 s',
    'Rows scanned: 1,234,567',
    'Data scanned: 5.0 MiB',
    'Tables: SigninLogs, AuditLogs',
  ]);
  expect(statisticsLines({ bytesScanned: 512, queueMs: 2000 })).toEqual(['Data scanned: 512 B', 'Waited in the queue: 2.00 s']);
});
