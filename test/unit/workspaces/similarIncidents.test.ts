import { expect, it } from 'vitest';
import type { Entity, Incident } from '../../../src/common/incidents';
import { type ComparedIncident, similarIncidents } from '../../../src/workspaces/similarIncidents';
import { incident } from './incidents';

const nora: Entity = { kind: 'Account', upn: 'nora@contoso.com', name: 'Nora' };
const host: Entity = { kind: 'Host', name: 'app02' };
const tool: Entity = { kind: 'File', name: 'tool.exe' };
const hash: Entity = { kind: 'FileHash', algorithm: 'SHA256', value: 'ab' };

function one(number: number, entities: readonly Entity[], more: Partial<Incident> = {}): ComparedIncident {
  return { incident: incident({ number, title: `Title ${String.fromCharCode(64 + number)}`, ...more }), entities };
}

function numbers(of: ComparedIncident, others: readonly ComparedIncident[]): readonly number[] {
  return similarIncidents(of, others).map(({ incident: { number } }) => number);
}

it.each<[string, readonly ComparedIncident[], readonly number[]]>([
  ['nothing in common', [one(2, [host])], []],
  ['an account, in other letters', [one(2, [{ kind: 'Account', upn: 'NORA@contoso.com', name: 'n' }])], [2]],
  ['the same text of another kind', [one(2, [{ kind: 'Mailbox', address: 'nora@contoso.com' }])], []],
  ['more in common first', [one(2, [tool]), one(3, [nora, tool]), one(4, [nora, tool, hash])], [4, 3, 2]],
  ['a hash before the name of a file', [one(2, [tool]), one(3, [hash])], [3, 2]],
  ['the same title, in other letters', [one(2, [], { title: 'title a' }), one(3, [])], [2]],
  ['the closer in time first', [one(2, [nora], { firstActivityTime: '2025-01-10T07:00:00Z' }), one(3, [nora])], [3, 2]],
  ['not itself', [one(1, [nora])], []],
])('%s', (_what, others, expected) => {
  expect(numbers(one(1, [nora, tool, hash]), others)).toEqual(expected);
});

it('what every incident names says little', () => {
  const others = [...Array.from({ length: 40 }, (_unused, index) => one(10 + index, [nora])), one(2, [tool, hash])];
  expect(numbers(one(1, [nora, tool, hash]), others)[0]).toBe(2);
});

it('tells twenty at most, and what is shared', () => {
  const others = Array.from({ length: 30 }, (_unused, index) => one(2 + index, [host, nora]));
  const similar = similarIncidents(one(1, [nora, host]), others);
  expect(similar).toHaveLength(20);
  expect(similar[0]).toMatchObject({ shared: [nora, host], sameTitle: false });
});
