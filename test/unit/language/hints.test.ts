import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnostics } from '../../../src/language/diagnostics';
import { hintRules } from '../../../src/language/hints/huntingHints';
import { quickFixes } from '../../../src/language/quickFixes';
import { cellUri, marked, table, testSchema } from './marked';

const wide = table(`Wide TimeGenerated:datetime Key ${Array.from({ length: 10 }, (_, index) => `C${index}`).join(' ')}`);
const schema = { ...testSchema, tables: [...testSchema.tables, wide] };

function hints(text: string): { codes: readonly string[]; fixed: string } {
  const { notebook } = marked([text], { schema });
  const cell = notebook.cell(cellUri(1))!;
  const found = diagnostics(notebook, cell, {}).filter(({ code }) => String(code).startsWith('HB'));
  const edits = quickFixes(cell, found).flatMap((action) => action.edit?.changes?.[cellUri(1)] ?? []);
  return { codes: found.map(({ code }) => String(code)), fixed: TextDocument.applyEdits(cell.document, edits) };
}

const recent = '| where TimeGenerated > ago(1d) ';

/** Text, codes, text after all quick fixes. */
const cases: readonly [string, readonly string[], string?][] = [
  ['SigninLogs | count', ['HB101'], 'SigninLogs\n| where TimeGenerated > ago(7d) | count'],
  [`SigninLogs ${recent}| count`, []],
  ['SigninLogs | where ResultType == "0" | where TimeGenerated between (ago(2d) .. now())', []],
  ['//| timespan: P7D\nSigninLogs | count', []],
  ['SigninLogs | take 5', []],
  ['let T = SigninLogs; T | count', []],
  [`SigninLogs ${recent}| join kind=inner (AuditLogs | where Id == "1") on $left.IPAddress == $right.Id`, ['HB101']],
  ['range x from 1 to 3 step 1 | count', []],
  [`SigninLogs ${recent}| where IPAddress contains "contoso"`, ['HB102'], `SigninLogs ${recent}| where IPAddress has "contoso"`],
  [`SigninLogs ${recent}| where IPAddress !contains_cs "contoso"`, ['HB102'], `SigninLogs ${recent}| where IPAddress !has_cs "contoso"`],
  [`SigninLogs ${recent}| where IPAddress contains ".exe"`, []],
  ['search "mimikatz"', ['HB103']],
  ['search in (SigninLogs) "mimikatz"', []],
  [`SigninLogs ${recent}| search "mimikatz"`, []],
  [`Wide ${recent}| join (Wide ${recent}| project Key) on Key`, ['HB104'], `Wide ${recent}| join kind=inner (Wide ${recent}| project Key) on Key`],
  [`Wide ${recent}| join kind=inner (Wide ${recent}| project Key) on Key`, []],
  [`Wide ${recent}| project Key | join (Wide ${recent}| project Key) on Key`, []],
  [`Wide ${recent}| join kind=inner (Wide ${recent}) on Key | project Key, C1`, ['HB105']],
  [`Wide ${recent}| join kind=inner (Wide ${recent}| project Key, C1) on Key | project Key, C1`, []],
  [
    `SigninLogs ${recent}| where LocationDetails.city == "Oslo"`,
    ['HB106'],
    `SigninLogs ${recent}| where tostring(LocationDetails.city) == "Oslo"`,
  ],
  [`SigninLogs ${recent}| where tostring(LocationDetails.city) == "Oslo"`, []],
  [`SigninLogs ${recent}| where LocationDetails.n == 5`, []],
  [`SigninLogs ${recent}| where UserPrincipalName == "Anna"`, ['HB107'], `SigninLogs ${recent}| where UserPrincipalName =~ "Anna"`],
  [`SigninLogs ${recent}| where UserPrincipalName in ("Anna")`, ['HB107'], `SigninLogs ${recent}| where UserPrincipalName in~ ("Anna")`],
  [`SigninLogs ${recent}| where UserPrincipalName == "123" and ResultType == "Abc"`, []],
  ['//| name: AuditLogs\nprint 1', ['HB108']],
  ['//| name: audits\nprint 1', []],
  [`SigninLogs ${recent}| summarize makeset(IPAddress)`, ['HB109'], `SigninLogs ${recent}| summarize make_set(IPAddress)`],
];

describe('hunting hints', () => {
  for (const [text, codes, fixed] of cases) {
    it(`${codes.join(' ') || 'none'}: ${text.replace(recent, '').replaceAll('\n', ' ')}`, () => {
      const found = hints(text);
      expect(found.codes).toEqual(codes);
      if (fixed !== undefined) {
        expect(found.fixed).toBe(fixed);
        expect(hints(fixed).codes).toEqual([]);
      }
    });
  }

  it('each have a code and a name of their own', () => {
    expect(new Set(hintRules.map(({ code }) => code)).size).toBe(hintRules.length);
    expect(new Set(hintRules.map(({ name }) => name)).size).toBe(hintRules.length);
  });
});
