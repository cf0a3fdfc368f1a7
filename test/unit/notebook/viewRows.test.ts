import { describe, expect, it } from 'vitest';
import type { Argument } from '../../../src/common/rpc';
import type { EngineService } from '../../../src/common/engineProtocol';
import { wholeView } from '../../../src/common/resultViews';
import type { EngineClient } from '../../../src/notebook/engineClient';
import { viewColumns, viewRows } from '../../../src/notebook/viewRows';

/** An engine with a result whose row n is [n, a long text that pages cut]. */
function engine() {
  const asked: string[] = [];
  const client = {
    call: async (method: string, argument: unknown) => {
      if (method === 'readValue') {
        const { row } = argument as Argument<EngineService['readValue']>;
        asked.push(`value ${row}`);
        return `whole ${row}`;
      }
      const { offset, count } = argument as Argument<EngineService['readPage']>;
      asked.push(`${offset}+${count}`);
      const rows = Array.from({ length: count }, (_, nth) => [offset + nth, 'cut']);
      const cuts = rows.flatMap((_row, row) => (offset + row === 7 ? [{ row, column: 1, fullLength: 5000 }] : []));
      return { offset, rows, total: 5000, cuts };
    },
  };
  return { client: client as unknown as EngineClient, asked };
}

const viewed = { resultId: 'r', view: wholeView };

describe('viewRows', () => {
  it('reads rows that follow each other together, and what pages cut on its own', async () => {
    const { client, asked } = engine();
    const rows = await viewRows(client, viewed, [9, 7, 8, 3]);
    expect(rows).toEqual([[9, 'cut'], [7, 'whole 7'], [8, 'cut'], [3, 'cut']]);
    expect(asked).toEqual(['3+1', '7+3', 'value 7']);
  });

  it('reads no more than a page at once', async () => {
    const { client, asked } = engine();
    const numbers = Array.from({ length: 2500 }, (_, nth) => 1000 + nth);
    expect(await viewRows(client, viewed, numbers)).toHaveLength(2500);
    expect(asked).toEqual(['1000+1000', '2000+1000', '3000+500']);
  });
});

it('columns of a view are those of the result and those read out of them', () => {
  const derived = [{ source: 0, path: ['a'], name: 'a' }];
  expect(viewColumns([{ name: 'x', type: 'dynamic' }], { resultId: 'r', view: { ...wholeView, derived } }).map(({ name }) => name)).toEqual(['x', 'a']);
});
