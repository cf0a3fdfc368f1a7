import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cut } from '../../../src/common/engineProtocol';
import type { Column, WireRow } from '../../../src/common/kqlTypes';
import { htmlReport } from '../../../src/report/htmlReport';
import { Redactor } from '../../../src/report/redaction/redactor';
import { redacted } from '../../../src/report/redaction/redactReport';
import type { Report, ReportOutput } from '../../../src/report/report';

function result(columns: readonly Column[], rows: readonly WireRow[], cuts: readonly Cut[] = []): ReportOutput {
  return {
    kind: 'result',
    saved: {
      version: 1,
      result: {
        resultId: 'r1',
        columns,
        rowCount: rows.length,
        preview: { offset: 0, rows, total: rows.length, cuts },
        warnings: [],
        workspace: { id: 'sample', name: 'Contoso' },
        usedResults: [],
        statistics: { elapsedMs: 1 },
        finishedAt: '2024-05-06T07:08:09Z',
      },
    },
  };
}

const text = (name: string): Column => ({ name, type: 'string' });

function report(outputs: readonly ReportOutput[], rest: { source?: string; markdown?: string; facts?: Report['facts']; title?: string } = {}): Report {
  return {
    title: rest.title ?? 'Hunt',
    source: 'hunt.ipynb',
    facts: rest.facts ?? [],
    parts: [
      { kind: 'markdown', source: rest.markdown ?? '' },
      { kind: 'code', number: 2, source: rest.source ?? '', outputs },
    ],
  };
}

const html = (given: Report): string => htmlReport(redacted(given));

describe('a redacted report', () => {
  it('shows equal tokens for equal names, and no name', () => {
    const shown = html(
      report(
        [
          result(
            [text('UserPrincipalName'), text('Computer'), text('IPAddress')],
            [
              ['mia.berg@contoso.com', 'FIN-WS-014.contoso.com', '203.0.113.7'],
              ['MIA.BERG@contoso.com', 'fin-ws-014', '203.0.113.7'],
            ],
          ),
        ],
        { markdown: 'CONTOSO\\mia.berg signed in to FIN-WS-014 from 203[.]0[.]113[.]7.', title: 'What mia.berg did' },
      ),
    );
    expect(shown).not.toMatch(/mia|berg|fin-ws|203|113/i);
    expect(new Set(shown.match(/account-[0-9a-f]{8}/g)).size).toBe(1);
    expect(new Set(shown.match(/host-[0-9a-f]{8}/g)).size).toBe(1);
    expect(new Set(shown.match(/ip-[0-9a-f]{8}/g)).size).toBe(1);
  });

  it('uses other tokens each time: they cannot be looked up', () => {
    const one = report([result([text('Account')], [['mia']])]);
    const token = (): string | undefined => /account-\w+/.exec(html(one))?.[0];
    expect(token()).not.toBe(token());
  });

  it.each<[string, Report, RegExp]>([
    ['of a parameter cell', report([], { source: 'let accounts = dynamic(["mia.berg"]);', markdown: 'About mia.berg' }), /mia/i],
    ['that a column is compared with', report([], { source: "T | where AccountName =~ 'eve.k' or DeviceName in ('pc-9', \"pc-10\")" }), /eve|pc-\d/i],
    ['given as a parameter', report([], { facts: [{ name: 'Parameter user', value: 'mia.berg' }], markdown: 'mia.berg' }), /mia/i],
    ['inside dynamic values', report([result([{ name: 'Entities', type: 'dynamic' }], [['[{"Type":"host","HostName":"FIN-9","Account":{"Name":"eve"}}]']])], { markdown: 'FIN-9 eve' }), /fin-9|\beve\b/i],
    ['in an error', report([result([text('Computer')], [['FIN-9']]), { kind: 'error', text: 'no table of FIN-9' }]), /fin-9/i],
    ['in the alias of a result and a column name', report([result([text('Computer'), text('FIN-9')], [['FIN-9', '1']])]), /fin-9/i],
    ['in a chart', report([result([text('Computer')], [['FIN-9']]), { kind: 'svg', svg: '<svg aria-label="FIN-9"><title>FIN-9</title><text>FIN-9</text><text>FIN…</text></svg>' }]), /fin/i],
    ['as a domain account in JSON', report([result([text('Account'), text('Raw')], [['CONTOSO\\eve', '{"a":"CONTOSO\\\\eve"}']])]), /\beve\b/i],
    ['in a URL', report([result([text('Account'), text('Notes')], [['eve+x', 'https://contoso.com/?u=eve%2Bx']])]), /eve/i],
    ['by a security id', report([], { markdown: 'S-1-5-21-1004336348-1177238915-682003330-512' }), /1004336348/],
    ['by an address of version 6', report([], { markdown: 'from 2001:db8::7334 today' }), /2001|7334/],
    ['half of which is left at the end of a cut value', report([result([text('Details'), text('Account')], [['seen by mia.be', 'mia.berg']], [{ row: 0, column: 0, fullLength: 20 }])]), /mia/i],
  ])('has no name %s', (_where, given, name) => {
    const shown = html(given);
    const drawn = shown.replace(/base64,([A-Za-z0-9+/=]+)/g, (_all, data: string) => Buffer.from(data, 'base64').toString('utf8'));
    expect(drawn).not.toMatch(name);
    expect(drawn).toMatch(/(account|host|ip)-[0-9a-f]{8}/);
  });

  it('leaves words, times, versions and what names nobody', () => {
    const words = 'The operating system of 10.0.19045 began at 12:30:45; SYSTEM ran it. Order 1.2.3.';
    const shown = html(report([result([text('AccountName')], [['SYSTEM'], ['mia']])], { markdown: words }));
    expect(shown).toContain('The operating system');
    expect(shown).toContain('12:30:45; SYSTEM ran it. Order 1.2.3.');
  });

  it('leaves no name of random rows anywhere', () => {
    const name = fc.stringMatching(/^[a-z]{3,8}[._-][a-z]{3,8}\d{0,3}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name, fc.ipV4()), { minLength: 1, maxLength: 6 }), fc.string(), (rows, noise) => {
        const prose = rows.map(([account, host, ip]) => `${account.toUpperCase()} on "${host}" (${ip}), ${noise}`).join('\n\n');
        const shown = html(report([result([text('AccountUpn'), text('DeviceName'), text('RemoteIP')], rows)], { markdown: prose, source: `// ${prose}` }));
        for (const one of rows.flat()) expect(shown.toLowerCase()).not.toMatch(new RegExp(`(?<![a-z0-9_])${one.replace(/[.]/g, '\\.')}(?![a-z0-9_])`));
      }),
      { numRuns: 200 },
    );
  });
});

describe('Redactor', () => {
  it('finds names as whole words alone', () => {
    const redactor = new Redactor();
    redactor.add('account', 'mia');
    expect(redactor.text('Miami, mia, MIA_2 and mia2')).toMatch(/^Miami, account-\w{8}, MIA_2 and mia2$/);
  });

  it('keeps places where lower case is longer than upper case', () => {
    const redactor = new Redactor();
    redactor.add('host', 'pc1');
    expect(redactor.text('\u0130\u0130 pc1.')).toMatch(/^\u0130\u0130 host-\w{8}\.$/);
  });
});
