import { expect, it } from 'vitest';
import { type KnownWorkspace, readKnown, writeKnown } from '../../../src/notebook/azureMemory';

function known(customerId: string, fields: Partial<KnownWorkspace> = {}): KnownWorkspace {
  return { workspace: { customerId, name: `ws ${customerId}`, hasSentinel: true }, cloud: 'public', accountId: 'a', favourite: false, ...fields };
}

function ids(saved: unknown): readonly string[] {
  return readKnown(saved).map(({ workspace }) => workspace.customerId);
}

it('what was kept comes back, favourites first, then the last used', () => {
  const kept = writeKnown([known('old', { usedAt: '2026-01-01' }), known('new', { usedAt: '2026-01-02' }), known('star', { favourite: true })]);
  const saved: unknown = JSON.parse(JSON.stringify(kept));
  expect(ids(saved)).toEqual(['star', 'new', 'old']);
  expect(readKnown(saved)[1]).toMatchObject({ ...known('new'), usedAt: '2026-01-02' });
});

it('favourites are never dropped, the longest unused of the others are', () => {
  const used = Array.from({ length: 60 }, (_unused, index) => known(`w${index}`, { usedAt: `2026-01-01T00:00:${String(index).padStart(2, '0')}Z` }));
  const kept = ids(writeKnown([...used, ...used.map((one, index) => known(`f${index}`, { ...one, workspace: { ...one.workspace, customerId: `f${index}` }, favourite: true }))]));
  expect(kept.filter((id) => id.startsWith('f'))).toHaveLength(60);
  expect(kept.filter((id) => id.startsWith('w'))).toEqual(Array.from({ length: 50 }, (_unused, index) => `w${59 - index}`));
});

it('what another version or a person left is read as far as it is understood', () => {
  for (const odd of [undefined, null, 'x', [], {}, { workspaces: 'x' }, { workspaces: [null, 1, { cloud: 'public' }] }]) expect(ids(odd)).toEqual([]);
  const partly = { version: 9, workspaces: [{ workspace: { customerId: 'c', name: 'n', more: 1 }, cloud: 'public' }, { workspace: { customerId: 'd', name: 'n' }, cloud: 'mars' }] };
  expect(readKnown(partly)).toMatchObject([{ workspace: { customerId: 'c', name: 'n', hasSentinel: false }, accountId: '', favourite: false }]);
});
