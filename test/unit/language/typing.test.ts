/**
 * Someone types, deletes and undoes at random: what was kept from before must be what a fresh start finds. `HUNTBOOK_EDITS=10000` makes the
 * long run.
 */
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnostics } from '../../../src/language/diagnostics';
import { completions } from '../../../src/language/completion';
import { LanguageNotebook } from '../../../src/language/languageNotebook';
import { testSchema } from './marked';

const EDITS = Number(process.env['HUNTBOOK_EDITS'] ?? 250);
const EDITS_PER_NOTEBOOK = 50;

const cells = [
  'let lookback = 7d;\nlet threshold = 5;',
  '//| name: failures\nSigninLogs\n| where TimeGenerated > ago(lookback) and ResultType != "0"\n| summarize Failures = count() by UserPrincipalName, IPAddress',
  'let busy = (n:long) { failures | where Failures > n };',
  'busy(threshold)\n| join kind=inner (AuditLogs | where TimeGenerated > ago(lookback)) on $left.IPAddress == $right.Id\n| project UserPrincipalName, OperationName',
];

const pieces = ['|', ' ', '\n', '"', "'", '(', ')', '{', '}', ';', ',', '.', '=', '//', '//| name: x\n', 'let ', 'where ', 'threshold', 'failures', 'x', '5', 'count()', '😀', '\r\n', '\0'];

const edit = fc.record({
  cell: fc.nat({ max: cells.length - 1 }),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 6 }),
  insert: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) }),
  undo: fc.boolean(),
});

function newNotebook(): LanguageNotebook {
  return new LanguageNotebook({ schemaOf: () => testSchema, resultColumns: () => undefined });
}

function show(notebook: LanguageNotebook, texts: readonly string[], version: number): void {
  notebook.setCells(texts.map((text, index) => ({ document: TextDocument.create(`cell:${index}`, 'kusto', version, text), number: index + 1 })));
}

function state(notebook: LanguageNotebook): unknown {
  return notebook.cells.map((cell) => ({
    found: diagnostics(notebook, cell, {}),
    scope: [...notebook.scopeOf(cell).names.values()].map(({ name, signature }) => `${name} ${signature}`),
  }));
}

it('incremental state is what a fresh analysis finds', { timeout: 30_000 + EDITS * 500 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: EDITS_PER_NOTEBOOK, maxLength: EDITS_PER_NOTEBOOK }), async (edits) => {
      // The test runner wants a word now and then.
      await setImmediate();
      const notebook = newNotebook();
      const history: (readonly string[])[] = [cells];
      show(notebook, cells, 1);
      edits.forEach(({ cell, at, remove, insert, undo }, index) => {
        const texts = history.at(-1) ?? cells;
        const text = texts[cell] ?? '';
        const place = Math.floor(at * text.length);
        if (undo && history.length > 1) history.pop();
        else history.push(texts.with(cell, `${text.slice(0, place)}${insert}${text.slice(place + remove)}`));
        show(notebook, history.at(-1) ?? cells, index + 2);
        // A completion is asked for while typing: it binds no more than it needs, which must not show afterwards.
        const edited = notebook.cells[cell];
        if (edited) completions(notebook, edited, Math.min(place + insert.length, edited.text.length));
      });
      const fresh = newNotebook();
      show(fresh, history.at(-1) ?? cells, 1);
      expect(state(notebook)).toEqual(state(fresh));
    }),
    { numRuns: Math.ceil(EDITS / EDITS_PER_NOTEBOOK), seed: 20261121 },
  );
});
