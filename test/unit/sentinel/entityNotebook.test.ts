import { describe, expect, it, vi } from 'vitest';
import { notebookText } from '../../../src/common/nbformat';
import { isKqlCell, readNotebook } from '../../../src/notebook/ipynb';
import { stringAt } from '../../../src/notebook/json';
import { entityOf, guessEntities, type HuntableKind } from '../../../src/sentinel/entityGuess';
import { entityNotebook } from '../../../src/sentinel/entityNotebook';
import { bindNotebook } from '../samples/bindNotebook';

// Loading the language takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const now = new Date('2026-11-20T12:30:00Z');
const sha256 = 'ab'.repeat(32);

const samples: readonly (readonly [HuntableKind, string])[] = [
  ['Account', 'nora@contoso.com'],
  ['Mailbox', 'ap@contoso.com'],
  ['Host', 'APP02'],
  ['Ip', '192.0.2.77'],
  ['Url', 'https://files.evil.example/inv/1'],
  ['DnsResolution', 'evil.example'],
  ['FileHash', sha256],
  ['File', 'invoice.js'],
  ['AzureResource', '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm'],
];

function kqlOf(kind: HuntableKind, value: string) {
  const entity = entityOf(kind, value);
  if (!entity) throw new Error(`${value} is no ${kind}`);
  const { cells } = readNotebook(notebookText(entityNotebook(entity, { now })), 'entity.ipynb');
  return cells.filter(isKqlCell).map((cell) => ({ id: stringAt(cell.raw, 'id') ?? '', text: cell.source, cell }));
}

describe('entityNotebook', () => {
  it.each(samples)('of a %s has queries that bind', (kind, value) => {
    const kql = kqlOf(kind, value);
    expect(bindNotebook(kql).problems).toEqual([]);
    expect(kql.map(({ id }) => id)).toContain('parameters');
    expect(kql.length).toBeGreaterThan(1);
  });

  it('looks at the last 7 days, in whole hours', () => {
    const [parameters] = kqlOf('Ip', '192.0.2.77');
    expect(parameters?.text).toContain('let windowStart = datetime(2026-11-13T12:00:00Z);\nlet windowEnd = datetime(2026-11-20T13:00:00Z);');
  });
});

describe('guessEntities', () => {
  it.each([
    ['192.0.2.77', ['Ip']],
    ['2001:db8::1', ['Ip']],
    [sha256, ['FileHash']],
    ['https://evil.example/a', ['Url']],
    ['/subscriptions/s/x', ['AzureResource']],
    ['nora@contoso.com', ['Account', 'Mailbox']],
    ['CONTOSO\\nora', ['Account', 'File']],
    ['invoice.js', ['File', 'DnsResolution']],
    ['evil.example', ['Host', 'DnsResolution', 'Account', 'File']],
    ['APP02', ['Host', 'Account', 'File']],
    ['  ', []],
  ])('%s', (text, kinds) => {
    expect(guessEntities(text).map(({ kind }) => kind)).toEqual(kinds);
  });
});
