import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../../src/common/cancellation';
import type { QueryAnswer, RunQuery } from '../../../src/common/engineProtocol';
import { HuntError } from '../../../src/common/errors';
import { InProcessEngine } from '../../../src/notebook/engineClient';
import { readStatements } from '../../../src/notebook/letStatements';
import { type CellOutcome, HuntSession } from '../../../src/notebook/session';
import { someHandlers } from './someHandlers';

/** An engine that keeps names of results and answers every query with an empty one; `missing` names are unknown. */
class RecordingEngine {
  readonly queries: RunQuery[] = [];
  readonly held = new Map<string, string>();
  readonly missing = new Set<string>();

  readonly handlers = someHandlers({
    forget: (what) => {
      const ids =
        'resultIds' in what ? what.resultIds : [...this.held].filter(([, notebook]) => notebook === what.notebookId).map(([id]) => id);
      for (const id of ids) this.held.delete(id);
      return Promise.resolve(null);
    },
    runQuery: (query) => {
      this.queries.push(query);
      const name = [...this.missing].find((candidate) => query.text.includes(candidate));
      if (name !== undefined) throw new HuntError({ kind: 'unknownName', name, what: 'table', nearest: [] });
      return Promise.resolve(this.#answer(query));
    },
  });

  #answer(query: RunQuery): QueryAnswer {
    const { lets, others } = readStatements(query.text);
    if (!others) return { kind: 'definitions', names: lets.map(({ name }) => name) };
    this.held.set(query.resultId, query.notebookId);
    const { resultId, workspaceId } = query;
    const preview = { offset: 0, rows: [], total: 0, cuts: [] };
    return {
      kind: 'result',
      result: {
        resultId,
        columns: [],
        rowCount: 0,
        preview,
        warnings: [],
        workspace: { id: workspaceId, name: workspaceId },
        usedResults: [],
        statistics: { elapsedMs: 1 },
        finishedAt: '',
      },
    };
  }
}

/** A notebook of cells under test. */
function open(...cells: readonly string[]): {
  engine: RecordingEngine;
  session: HuntSession;
  run: (number: number, text?: string) => Promise<CellOutcome>;
  last: () => RunQuery;
} {
  const engine = new RecordingEngine();
  const texts = new Map(cells.map((text, index) => [index + 1, text]));
  const session = new HuntSession(new InProcessEngine(engine.handlers), {
    defaultWorkspaceId: () => 'sample',
    workspaceNamed: (name) => ({ mine: 'folder:/mine', sample: 'sample' })[name.toLowerCase()],
    cells: () => texts,
  });
  return {
    engine,
    session,
    run: (number, text = texts.get(number) ?? '') => session.run({ key: `cell-${number}`, number, text }, neverCancelled, () => undefined),
    last: () => engine.queries.at(-1) ?? expect.fail('nothing ran'),
  };
}

function texts(query: RunQuery): string[] {
  return query.definitions.map((definition) => definition.text);
}

describe('a cell', () => {
  it('that is empty runs nothing', async () => {
    const { run, engine } = open('', '// nothing\n', '  \n');
    for (const number of [1, 2, 3]) expect(await run(number)).toEqual({ kind: 'empty' });
    expect(engine.queries).toEqual([]);
  });

  it('of lets defines names for later cells', async () => {
    const { run, last } = open('let a = 1;\nlet b = a + 1;', 'T | where x == b');
    expect(await run(1)).toEqual({ kind: 'definitions', names: ['a', 'b'] });
    await run(2);
    expect(last().definitions).toEqual([
      { cell: 1, text: 'let a = 1;' },
      { cell: 1, text: 'let b = a + 1;' },
    ]);
  });

  it('with a name is a table for later cells', async () => {
    const { run, last } = open('//| name: bad\nT', 'bad | count');
    const outcome = await run(1);
    expect(outcome).toMatchObject({ kind: 'result', name: 'bad' });
    await run(2);
    expect(last().results).toEqual([{ name: 'bad', resultId: outcome.kind === 'result' ? outcome.result.resultId : '' }]);
  });

  it('goes to its workspace, with its timespan', async () => {
    const { run, last } = open('//| workspace: Mine\n//| timespan: P7D\nT', 'T');
    await run(1);
    expect(last()).toMatchObject({ workspaceId: 'folder:/mine', timespan: 'P7D' });
    await run(2);
    expect(last()).toMatchObject({ workspaceId: 'sample', timespan: undefined });
  });

  it('goes to several workspaces together, each once', async () => {
    const { run, last } = open('//| workspaces: Mine, sample, mine\nT', '//| workspaces: Mine, other\nT', 'T');
    await run(1);
    expect(last()).toMatchObject({ workspaceId: 'folder:/mine', alsoIn: ['sample'] });
    await expect(run(2)).rejects.toMatchObject({ data: { kind: 'notConnected', workspace: 'other' } });
    await run(3);
    expect(last().alsoIn).toBeUndefined();
  });

  it('of an unknown workspace does not run', async () => {
    await expect(open('//| workspace: other\nT').run(1)).rejects.toMatchObject({ data: { kind: 'notConnected', workspace: 'other' } });
  });

  it('with wrong options does not run', async () => {
    await expect(open('//| timespan: a week\nT').run(1)).rejects.toMatchObject({
      data: { kind: 'cellOption', option: 'timespan', span: { line: 1 } },
    });
  });
});

describe('what ran last counts', () => {
  it('of two definitions', async () => {
    const { run, last } = open('let a = 1;', 'let a = 2;', 'T | where x == a');
    await run(1);
    await run(2);
    await run(3);
    expect(last().definitions).toEqual([{ cell: 2, text: 'let a = 2;' }]);
    await run(1);
    await run(3);
    expect(last().definitions).toEqual([{ cell: 1, text: 'let a = 1;' }]);
  });

  it('also for what uses it', async () => {
    const { run, last } = open('let a = 1;', 'let b = a + 1;', 'T | where x == b');
    await run(1);
    await run(2);
    await run(1, 'let a = 5;');
    await run(3);
    expect(texts(last())).toEqual(['let a = 5;', 'let b = a + 1;']);
  });

  it('of a definition and a result', async () => {
    const { run, last } = open('let x = T;', '//| name: x\nU', 'x | count');
    await run(1);
    await run(2);
    await run(3);
    expect([texts(last()), last().results.map(({ name }) => name)]).toEqual([[], ['x']]);
    await run(1);
    await run(3);
    expect([texts(last()), last().results]).toEqual([['let x = T;'], []]);
  });

  it('of a definition and the cell itself', async () => {
    const { run, last } = open('let a = 1;\nlet b = a;\nlet c = 3;', 'let a = 2;\nT | where x == a');
    await run(1);
    await run(2);
    expect(texts(last())).toEqual(['let c = 3;']);
  });

  it('of a result that is made again, whose rows before are dropped', async () => {
    const { run, last, engine } = open('//| name: bad\nT', 'bad');
    await run(1);
    await run(1);
    await run(2);
    expect([...engine.held.keys()]).toEqual([last().results[0]?.resultId, last().resultId]);
  });

  it('and a failed cell changes nothing', async () => {
    const { run, last, engine } = open('let a = 1;', 'Missing', 'T');
    await run(1);
    engine.missing.add('Missing');
    await expect(run(2, 'let a = Missing;')).rejects.toBeInstanceOf(HuntError);
    await run(3);
    expect(texts(last())).toEqual(['let a = 1;']);
  });
});

describe('a missing name', () => {
  const cells = ['//| name: bad\nT', 'T', 'let limit = 5;', 'bad | take limit', '//| name: bad\nU'];

  it('is told where it would be defined: before, and nearest', async () => {
    const { run, engine } = open(...cells);
    engine.missing.add('bad');
    await expect(run(4)).rejects.toThrow('Cell 1 defines it: run cell 1 first.');
  });

  it('by a let', async () => {
    const { run, engine } = open(...cells);
    engine.missing.add('limit');
    await expect(run(4)).rejects.toMatchObject({ data: { definedInCell: 3 } });
  });

  it('or after', async () => {
    const { run, engine } = open('bad | count', '//| name: bad\nT');
    engine.missing.add('bad');
    await expect(run(1)).rejects.toMatchObject({ data: { definedInCell: 2 } });
  });

  it('stays as it is when nothing defines it', async () => {
    const { run, engine } = open('other', 'let mine = other; T');
    engine.missing.add('other');
    await expect(run(1)).rejects.toMatchObject({ data: { kind: 'unknownName', name: 'other' } });
  });
});

it('a restart forgets names and rows', async () => {
  const { run, session, engine, last } = open('let a = 1;', '//| name: bad\nT', 'bad');
  await run(1);
  await run(2);
  await session.restart();
  await run(3);
  expect([texts(last()), last().results, engine.held.size]).toEqual([[], [], 1]);
});

it('two notebooks with the same names keep their own', async () => {
  const engine = new RecordingEngine();
  const client = new InProcessEngine(engine.handlers);
  const context = { defaultWorkspaceId: () => 'sample', workspaceNamed: () => undefined, cells: () => new Map<number, string>() };
  const [first, second] = [new HuntSession(client, context), new HuntSession(client, context)];
  const cell = { key: 'a', number: 1, text: '//| name: bad\nT' };
  await first.run(cell, neverCancelled, () => undefined);
  await second.run(cell, neverCancelled, () => undefined);
  await first.restart();
  expect(engine.held.size).toBe(1);
  await second.run({ key: 'b', number: 2, text: 'bad' }, neverCancelled, () => undefined);
  expect(engine.held.has(engine.queries.at(-1)?.results[0]?.resultId ?? '')).toBe(true);
});
