import { expect, it } from 'vitest';
import type { EngineService, WorkspaceSchema } from '../../../src/common/engineProtocol';
import type { EngineClient } from '../../../src/notebook/engineClient';
import { SchemaCache } from '../../../src/notebook/schemaCache';

type Wish = EngineService['schema']['argument'];

/** An engine whose answers the test gives. */
class Schemas implements EngineClient {
  readonly wishes: Wish[] = [];
  readonly #answers: { readonly give: (schema: WorkspaceSchema) => void; readonly fail: (error: Error) => void }[] = [];

  call = ((_method: string, argument: Wish) => {
    this.wishes.push(argument);
    return new Promise<WorkspaceSchema>((give, fail) => this.#answers.push({ give, fail }));
  }) as EngineClient['call'];

  answer(index: number, readAt: string): void {
    this.#answers[index]?.give({ tables: [], functions: [], watchlists: [], readAt });
  }

  fail(index: number): void {
    this.#answers[index]?.fail(new Error('no'));
  }
}

const local = { id: 'sample', kind: 'sample' } as const;
const azure = { id: 'logAnalytics:1', kind: 'logAnalytics' } as const;

function setUp(): { readonly engine: Schemas; readonly cache: SchemaCache; readonly told: (string | undefined)[] } {
  const engine = new Schemas();
  const told: (string | undefined)[] = [];
  return { engine, told, cache: new SchemaCache(engine, (_id, { readAt }) => told.push(readAt)) };
}

it('a schema is read once, for everyone who asks', async () => {
  const { engine, cache, told } = setUp();
  const asked = [cache.of(local), cache.of(local)];
  engine.answer(0, 'first');
  expect((await Promise.all(asked)).map(({ readAt }) => readAt)).toEqual(['first', 'first']);
  expect((await cache.of(local)).readAt).toBe('first');
  expect([engine.wishes, told]).toEqual([[{ workspaceId: 'sample', fresh: false }], ['first']]);
});

it('of a workspace in Azure the last times come after, and stay', async () => {
  const { engine, cache, told } = setUp();
  const asked = cache.of(azure);
  engine.answer(0, 'tables');
  expect((await asked).readAt).toBe('tables');
  engine.answer(1, 'with times');
  await expect.poll(() => told).toEqual(['tables', 'with times']);
  expect((await cache.of(azure)).readAt).toBe('with times');
  expect(engine.wishes[1]).toEqual({ workspaceId: azure.id, lastTimes: true });
});

it('without last times the schema is as good', async () => {
  const { engine, cache } = setUp();
  const asked = cache.of(azure);
  engine.answer(0, 'tables');
  await asked;
  engine.fail(1);
  expect((await cache.of(azure)).readAt).toBe('tables');
});

it('last times of a schema that was refreshed meanwhile are not taken', async () => {
  const { engine, cache, told } = setUp();
  const asked = cache.of(azure);
  engine.answer(0, 'old');
  await asked;
  const refreshed = cache.refresh(azure);
  engine.answer(2, 'new');
  await refreshed;
  engine.answer(1, 'times of the old');
  engine.answer(3, 'times of the new');
  await expect.poll(() => told).toEqual(['old', 'new', 'times of the new']);
  expect(engine.wishes[2]).toEqual({ workspaceId: azure.id, fresh: true });
});

it('after a failure the next one tries again', async () => {
  const { engine, cache } = setUp();
  const asked = cache.of(local);
  engine.fail(0);
  await expect(asked).rejects.toThrow('no');
  const again = cache.of(local);
  engine.answer(1, 'second');
  expect((await again).readAt).toBe('second');
});
