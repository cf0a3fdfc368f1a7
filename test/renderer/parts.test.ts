/** The parts that need no page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeView } from '../../src/common/engineProtocol';
import type { KqlType, WireValue } from '../../src/common/kqlTypes';
import { ColumnLayout } from '../../src/renderer/table/columnLayout';
import { indentJson } from '../../src/renderer/table/jsonText';
import { commandOf } from '../../src/renderer/table/keyboard';
import { compareValues } from '../../src/renderer/table/compareValues';
import { LocalRows } from '../../src/renderer/table/localRows';
import { ScrollMapping } from '../../src/renderer/table/scrollMapping';
import { Selection } from '../../src/renderer/table/selection';
import { textPieces } from '../../src/renderer/table/textPieces';
import { formatCells } from '../../src/renderer/table/tools/copyFormats';
import { cellText, dateText, elapsedText } from '../../src/renderer/table/values';
import { nextSort } from '../../src/renderer/table/viewChanges';

describe('JSON is indented', () => {
  const cases: readonly (readonly [json: string, text: string])[] = [
    ['{}', '{}'],
    ['[ ]', '[]'],
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['[1,{"b":[]}]', '[\n  1,\n  {\n    "b": []\n  }\n]'],
    ['{"n":12345678901234567890.10,"n":1}', '{\n  "n": 12345678901234567890.10,\n  "n": 1\n}'],
    ['["}{][,:\\""]', '[\n  "}{][,:\\""\n]'],
    ['"text"', '"text"'],
    ['}', '}'],
    ['{}}', '{}}'],
    ['', ''],
  ];
  it.each(cases)('%s', (json, text) => expect(indentJson(json)).toBe(text));

  it('with the same meaning, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(indentJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('and no text, complete or cut, makes it fail or lose a character', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.nat(60), (json, cut) => {
        const part = json.slice(0, cut);
        expect(indentJson(part).replaceAll(/\s/g, '')).toBe(part.replaceAll(/\s/g, ''));
      }),
    );
  });
});

describe('text is split so that nothing hides', () => {
  it('and put together again it is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ maxLength: 3 }), (text, needle) => {
        const restored = textPieces(text, needle, true).map((piece) => {
          if (piece.kind !== 'hidden') return piece.text;
          const code = /^<U\+([0-9A-F]+)>$/.exec(piece.text)?.[1];
          return code === undefined ? '\r' : String.fromCodePoint(Number.parseInt(code, 16));
        });
        expect(restored.join('')).toBe(text);
      }),
    );
  });

  it('marks every occurrence, ignoring case', () => {
    expect(textPieces('Admin and ADMIN', 'admin')).toEqual([
      { kind: 'hit', text: 'Admin' },
      { kind: 'plain', text: ' and ' },
      { kind: 'hit', text: 'ADMIN' },
    ]);
  });
});

describe('a line of tab-separated values', () => {
  const cases: readonly (readonly [values: readonly WireValue[], line: string])[] = [
    [[], ''],
    [[null, '', 0, false], '\t\t0\tfalse'],
    [['a\tb', 'c\nd', 'e"f', 'g\rh'], '"a\tb"\t"c\nd"\t"e""f"\t"g\rh"'],
    [['9007199254740993', 'שלום', '=1+1'], '9007199254740993\tשלום\t=1+1'],
  ];
  it.each(cases)('%j', (values, line) => expect(formatCells({ columns: values.map(() => ({ name: 'a', type: 'long' })), rows: [values] }, 'tsv').text).toBe(line));
});

describe('values as cells show them', () => {
  const cases: readonly (readonly [value: WireValue, type: KqlType, text: string])[] = [
    [null, 'string', ''],
    [true, 'bool', 'true'],
    [0.1, 'real', '0.1'],
    ['2024-05-06T07:08:09.0000000Z', 'datetime', '2024-05-06 07:08:09'],
    ['2024-05-06T07:08:09.1234567Z', 'datetime', '2024-05-06 07:08:09.123'],
    ['not a date', 'datetime', 'not a date'],
    ['2024-05-06T07:08:09.1234567Z', 'string', '2024-05-06T07:08:09.1234567Z'],
    ['x'.repeat(1000), 'string', 'x'.repeat(400)],
  ];
  it.each(cases)('%j %s', (value, type, text) => expect(cellText(value, type, 'utc')).toBe(text));

  it('keep all digits of a time when exact', () => expect(dateText('0001-01-01T00:00:00.0000001Z', 'utc', true)).toBe('0001-01-01 00:00:00.0000001'));
  it.each([
    [0.4, '0 ms'],
    [999, '999 ms'],
    [1240, '1.24 s'],
    [12_400, '12.4 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms', (milliseconds, text) => expect(elapsedText(milliseconds)).toBe(text));
});

describe('values are ordered as by the sort operator', () => {
  const cases: readonly (readonly [type: KqlType, values: readonly WireValue[]])[] = [
    ['long', [null, '-9223372036854775808', -1, 0, 2, 10, '9007199254740993', '9223372036854775807']],
    ['real', [null, '-Infinity', -1.5, 0, 2, 10, 'Infinity']],
    ['decimal', ['-1.5', '2', '10.25']],
    ['string', ['', 'B', 'a', 'b']],
    ['bool', [null, false, true]],
    ['datetime', [null, '0001-01-01T00:00:00.0000000Z', '2024-05-06T07:08:09.1234567Z']],
    ['timespan', ['-1.00:00:00', '-00:00:01', '00:00:00.0000001', '23:59:59', '1.00:00:00', '10.00:00:00']],
  ];
  it.each(cases)('%s', (type, values) => {
    expect([...values].reverse().sort((left, right) => compareValues(left, right, type))).toEqual(values);
  });
});

describe('rows kept in the file', () => {
  const columns = [{ name: 'A', type: 'string' } as const];
  const page = { offset: 0, total: 3, rows: [['b'], ['A'], ['ab']], cuts: [{ row: 2, column: 0, fullLength: 9 }] };

  it('are filtered and sorted, and cuts stay with their rows', async () => {
    const rows = new LocalRows(page, columns, { filter: 'a', sort: [{ column: 0, descending: true }] });
    expect(await rows.read(0, 9)).toEqual([['ab'], ['A']]);
    expect([rows.total, rows.cutLength(0, 0), rows.cutLength(1, 0)]).toEqual([2, 9, undefined]);
    await expect(rows.readValue(0, 0)).rejects.toThrow('run the cell again');
    expect(await rows.readValue(1, 0)).toBe('A');
  });

  it('are as they are in the whole view', async () => expect(await new LocalRows(page, columns, wholeView).read(1, 3)).toEqual([['A'], ['ab']]));
});

describe('columns', () => {
  const someWidths = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 40 });

  it('cover every position once', () => {
    fc.assert(
      fc.property(someWidths, fc.nat(9000), fc.nat(900), (widths, from, width) => {
        const layout = new ColumnLayout(widths);
        const [first, end] = layout.range(from, width);
        expect(layout.left(first)).toBeLessThanOrEqual(Math.min(from, layout.left(layout.count - 1)));
        if (end < layout.count) expect(layout.left(end)).toBeGreaterThanOrEqual(from + width - 1);
        expect(end).toBeGreaterThan(first);
      }),
    );
  });

  it('stay within reasonable widths', () => {
    const layout = new ColumnLayout([100, 100]);
    layout.setWidth(0, -5);
    layout.setWidth(1, 1e9);
    expect([layout.width(0), layout.left(1), layout.width(1)]).toEqual([44, 44, 2000]);
  });
});

describe('the scroll bar', () => {
  it('is the position in the rows while they fit', () => {
    const scroll = new ScrollMapping(1);
    scroll.resize(12_000_000, 400);
    scroll.scrolledTo(11_999_600);
    expect([scroll.top, scroll.physicalHeight, scroll.stuck]).toEqual([11_999_600, 12_000_000, false]);
  });

  it('is shorter than what a browser lays out, at any zoom', () => {
    for (const zoom of [1, 1.5, 2, 3, 5]) {
      const scroll = new ScrollMapping(zoom);
      scroll.resize(48_000_000, 400);
      expect(scroll.physicalHeight * zoom).toBeLessThanOrEqual(30_000_000);
    }
  });

  const someMoves = fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 30 });

  it('reaches every row when it is scaled', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 47_999_600 }), someMoves, (start, moves) => {
        const scroll = new ScrollMapping(1);
        scroll.resize(48_000_000, 400);
        scroll.moveTo(start);
        let expected = start;
        for (const move of moves) {
          const wanted = scroll.physicalTop + move;
          const physical = Math.min(scroll.physicalHeight - 400, Math.max(0, wanted));
          expected = Math.min(47_999_600, Math.max(0, expected + physical - scroll.physicalTop));
          scroll.scrolledTo(physical);
          if (scroll.stuck) scroll.settle();
          expect(scroll.top).toBe(expected);
        }
        expect(scroll.moveTo(47_999_600)).toBe(scroll.physicalHeight - 400);
        expect(scroll.moveTo(0)).toBe(0);
      }),
    );
  });

  it('goes in proportion when it is dragged far', () => {
    const scroll = new ScrollMapping(1);
    scroll.resize(30_000_400, 400);
    scroll.scrolledTo((scroll.physicalHeight - 400) / 2);
    expect(scroll.top).toBe(15_000_000);
  });
});

describe('the selection', () => {
  it('stays inside the table', () => {
    const selection = new Selection();
    selection.resize(10, 3);
    selection.moveTo({ row: 99, column: 99 });
    expect(selection.active).toEqual({ row: 9, column: 2 });
    selection.moveTo({ row: -7, column: -7 });
    expect([selection.active, selection.range]).toEqual([{ row: -1, column: 0 }, undefined]);
    selection.resize(0, 0);
    selection.selectAll();
    expect(selection.size).toBe(0);
  });

  it('grows from where it began', () => {
    const selection = new Selection();
    selection.resize(10, 5);
    selection.moveTo({ row: 4, column: 2 });
    selection.moveTo({ row: 2, column: 3 }, true);
    expect(selection.range).toEqual({ firstRow: 2, lastRow: 4, firstColumn: 2, lastColumn: 3 });
    selection.moveTo({ row: 6, column: 1 }, true);
    expect(selection.range).toEqual({ firstRow: 4, lastRow: 6, firstColumn: 1, lastColumn: 2 });
    selection.selectRow(7, true);
    expect(selection.range).toEqual({ firstRow: 4, lastRow: 7, firstColumn: 0, lastColumn: 4 });
  });
});

describe('keys', () => {
  const press = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  const free: readonly Partial<typeof press & { key: string }>[] = [
    { key: 'Tab' },
    { key: 'F1' },
    { key: 'Enter', ctrlKey: true },
    { key: 'p', ctrlKey: true, shiftKey: true },
    { key: 's', metaKey: true },
    { key: 'ArrowUp', altKey: true },
  ];
  it.each(free)('%j belong to the editor', (keys) => expect(commandOf({ ...press, key: '', ...keys })).toBeUndefined());
  it('of the Mac are those of others', () =>
    expect(commandOf({ ...press, key: 'c', metaKey: true })).toEqual(commandOf({ ...press, key: 'c', ctrlKey: true })));
  it('named like properties of objects mean nothing', () => expect(commandOf({ ...press, key: 'constructor' })).toBeUndefined());
});

describe('choosing a header', () => {
  const ascending = { column: 1, descending: false };
  const descending = { column: 1, descending: true };
  const other = { column: 2, descending: true };
  it('alone', () => {
    expect(nextSort([], 1, false)).toEqual([ascending]);
    expect(nextSort([ascending], 1, false)).toEqual([descending]);
    expect(nextSort([descending], 1, false)).toEqual([]);
    expect(nextSort([other], 1, false)).toEqual([ascending]);
  });
  it('as a further key', () => {
    expect(nextSort([other], 1, true)).toEqual([other, ascending]);
    expect(nextSort([ascending, other], 1, true)).toEqual([descending, other]);
    expect(nextSort([descending, other], 1, true)).toEqual([other]);
  });
});
