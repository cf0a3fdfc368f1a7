import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { completions } from '../../../src/language/completion';
import { diagnostics } from '../../../src/language/diagnostics';
import { formatCell } from '../../../src/language/formatting';
import { hover } from '../../../src/language/hover';
import { references } from '../../../src/language/references';
import { semanticTokens } from '../../../src/language/semanticTokens';
import { signatureHelp } from '../../../src/language/signatureHelp';
import { documentSymbols, foldingRanges, selectionRange } from '../../../src/language/structure';
import { valuePlace } from '../../../src/language/valueCompletion';
import { cellUri, marked } from './marked';
import { variedQueries } from './variedQueries';

/** Every prefix of every query with `HUNTBOOK_PREFIXES=all`, of some with `HUNTBOOK_PREFIXES=0-49`; else one of each. */
const PREFIXES = process.env['HUNTBOOK_PREFIXES'];
const [FIRST = 0, LAST = variedQueries.length - 1] = /^\d+-\d+$/u.test(PREFIXES ?? '') ? PREFIXES!.split('-').map(Number) : [];
const GOLDEN = 0.618_033_988_75;

/** Lengths of the prefixes of a query that are tried: of one alone, a place that differs from query to query. */
function lengths({ text }: { readonly text: string }, index: number): readonly number[] {
  if (PREFIXES !== undefined) return Array.from({ length: text.length + 1 }, (_, length) => length);
  return [Math.round(((index * GOLDEN) % 1) * text.length)];
}

/** Asks everything of a cell; the answers of other tests are about what they say, here they have to come. */
function askEverything(text: string, offset = text.length): void {
  const { notebook } = marked([text, 'print 1']);
  const cell = notebook.cell(cellUri(1))!;
  diagnostics(notebook, cell, {});
  completions(notebook, cell, offset);
  valuePlace(notebook, cell, offset);
  hover(notebook, cell, offset);
  signatureHelp(notebook, cell, offset);
  references(notebook, cell, offset, true);
  selectionRange(notebook, cell, offset);
  semanticTokens(notebook, cell);
  documentSymbols(notebook, cell);
  foldingRanges(cell);
  formatCell(notebook, cell, 4);
  // The other cell keeps its features.
  expect(diagnostics(notebook, notebook.cell(cellUri(2))!, {})).toEqual([]);
}

describe('half-typed queries: each answer comes', () => {
  for (const [index, query] of variedQueries.entries()) {
    if (index < FIRST || index > LAST) continue;
    it(query.name, { timeout: 600_000 }, async () => {
      for (const length of lengths(query, index)) {
        askEverything(query.text.slice(0, length));
        // The test runner wants a word now and then.
        await setImmediate();
      }
    });
  }
});

describe('what is no query', () => {
  const inputs: readonly [string, string][] = [
    ['prose', 'Dear all,\n\nplease look at the sign-ins of last night; "something" is odd (see below).\nThanks!'],
    ['JSON', '{"a": [1, 2, {"b": null}]}'],
    ['a stack trace', 'Error: x\n    at f (C:\\a\\b.ts:1:2)\n    at async Promise.all (index 0)'],
    ['mixed line ends', 'SigninLogs\r\n| where true\r| count\n| take 1'],
    ['control characters', '\u0000\u0001\u001B[31m SigninLogs \u202E| count'],
    ['half a surrogate pair', 'print "\uD83D'],
    ['1 MB of one string', `print "${'x'.repeat(1_000_000)}"`],
    ['1 MB of operators', 'SigninLogs\n'.concat('| where true\n'.repeat(80_000))],
    ['deep brackets', `print ${'('.repeat(5000)}`],
    ['only semicolons', ';;;;'],
    ['only a header', '//| name: x'],
    ['a broken header', '//| name: [\nSigninLogs'],
    ['management commands', '.show tables | count'],
  ];
  for (const [name, text] of inputs) it(name, { timeout: 60_000 }, () => askEverything(text));
});
