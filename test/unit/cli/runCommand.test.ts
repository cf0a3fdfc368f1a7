import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments';
import { runCommand } from '../../../src/cli/runCommand';
import { CancellationSource, neverCancelled } from '../../../src/common/cancellation';
import { readSavedResult, RESULT_MIME } from '../../../src/common/savedResult';
import { createNotebook, type NewCell, writeNotebook } from '../../../src/notebook/ipynb';

vi.setConfig({ testTimeout: 60_000 });

let root: string;
let data: string;
let runs = 0;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'huntbook-cli-'));
  data = path.join(root, 'data');
  mkdirSync(data);
  writeFileSync(path.join(data, 'Logons.csv'), 'User,Failures\neve,9\nadam,1\n');
  await run([{ kind: 'code', source: 'print 1' }]); // Loads the language.
}, 60_000);

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  readonly folder: string;
}

/** Runs words of a command line after `run`. */
async function command(words: readonly string[], token = neverCancelled): Promise<Omit<Ran, 'folder'>> {
  const given = parseArguments(['run', '--storage', path.join(root, 'storage'), ...words]);
  if (given.kind !== 'run') throw new Error('help');
  let out = '';
  let error = '';
  const terminal = {
    out: (text: string) => void (out += text),
    error: (text: string) => void (error += text),
    progress: () => undefined,
    width: 100,
  };
  return { code: await runCommand(given, terminal, token), out, error };
}

/** Runs cells over the folder of data. */
async function run(cells: readonly NewCell[], ...words: readonly string[]): Promise<Ran> {
  const folder = path.join(root, `run-${++runs}`);
  mkdirSync(folder);
  const notebook = path.join(folder, 'hunt.ipynb');
  writeFileSync(notebook, writeNotebook(createNotebook(cells)));
  return {
    ...(await command([notebook, '-w', data, '-o', path.join(folder, 'out.ipynb'), '--html', path.join(folder, 'out.html'), ...words])),
    folder,
  };
}

function read(ran: Ran, file: string): string {
  return readFileSync(path.join(ran.folder, file), 'utf8');
}

interface SavedCell {
  readonly execution_count: number | null;
  readonly outputs: readonly { readonly output_type: string; readonly ename?: string; readonly data?: Readonly<Record<string, unknown>> }[];
}

function savedCells(ran: Ran): readonly SavedCell[] {
  return (JSON.parse(read(ran, 'out.ipynb')) as { cells: SavedCell[] }).cells;
}

const chain: readonly NewCell[] = [
  { kind: 'markdown', source: '# Who fails\n\n<script>alert(1)</script> [bad](javascript:alert(1)) ![pixel](https://evil.example/x.png)' },
  { kind: 'code', source: 'let least = 5;', tags: ['parameters'] },
  { kind: 'code', source: '//| name: bad\nLogons | where Failures >= least' },
  { kind: 'code', source: 'bad | project Who = strcat("<b>", User, "</b>\\u001b[31m"), Failures' },
];

describe('a notebook', () => {
  it('runs in order and prints tables', async () => {
    const { code, out, error } = await run(chain);
    expect(error.replaceAll(root, '')).toBe('Wrote /run-2/out.ipynb\nWrote /run-2/out.html\n');
    expect(out.replace(/\d+\.\d\d s/g, 'T').split('\n')).toEqual([
      '[2] defined least',
      '',
      '[3] bad: 1 row × 2 columns · data · T',
      'User  Failures',
      '----  --------',
      'eve          9',
      '',
      '[4] 1 row × 2 columns · data · T',
      'Who                   Failures',
      '--------------------  --------',
      '<b>eve</b>\\u{1b}[31m         9',
      '',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('is written with its outputs', async () => {
    const ran = await run(chain);
    const cells = savedCells(ran);
    expect(cells.map((cell) => cell.execution_count)).toEqual([undefined, 1, 2, 3]);
    const saved = readSavedResult(cells[2]?.outputs[0]?.data?.[RESULT_MIME]);
    expect(saved).toMatchObject({ name: 'bad', result: { rowCount: 1, preview: { rows: [['eve', 9]] } } });
  });

  it('is written as a report without scripts, or anything to fetch', async () => {
    const html = read(await run(chain, '-p', 'least', '9'), 'out.html');
    expect(html).toContain('<title>Who fails</title>');
    expect(html).toContain('<dt>Parameter least</dt><dd>9</dd>');
    expect(html).toContain('&#60;b&#62;eve&#60;/b&#62;\\u{1b}[31m');
    expect(html).not.toMatch(/<script|<img|javascript:alert\(1\)"|src=|https?:\/\//i);
  });

  it('takes parameters', async () => {
    const { out } = await run(chain, '-p', 'least', '1', '--no-saved-rows');
    expect(out).toContain('[4] bad: 2 rows');
  });

  it('without rows keeps none', async () => {
    const text = read(await run([{ kind: 'code', source: 'Logons' }], '--no-saved-rows'), 'out.ipynb');
    expect(text).not.toContain('eve');
    expect(text).toContain('2 rows');
  });

  it('with empty cells and other languages runs the rest', async () => {
    const { code, out } = await run([
      { kind: 'code', source: '' },
      { kind: 'code', source: '// nothing' },
      { kind: 'code', source: 'print x = 1' },
    ]);
    expect([code, out]).toEqual([0, expect.stringContaining('[3] 1 row')]);
  });
});

describe('a cell that fails', () => {
  it('ends the run; what ran is written', async () => {
    const ran = await run([
      { kind: 'code', source: 'print 1' },
      { kind: 'code', source: 'Logons\n| whre x' },
      { kind: 'code', source: 'print 3' },
    ]);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('[2]');
    expect(ran.out).toContain('2 | | whre x');
    expect(savedCells(ran).map((cell) => cell.outputs.map((output) => output.output_type))).toEqual([['display_data'], ['error'], []]);
    expect(read(ran, 'out.html')).toContain('Stopped by an error after 1 cell');
  });

  it('for an unknown table names those nearest', async () => {
    expect((await run([{ kind: 'code', source: 'Logon' }])).out).toContain('Did you mean Logons?');
  });

  it('for a missing name says which cell defines it', async () => {
    expect(
      (
        await run([
          { kind: 'code', source: 'bad | count' },
          { kind: 'code', source: '//| name: bad\nLogons' },
        ])
      ).out,
    ).toContain('run cell 2 first');
  });

  it('when it is interrupted', async () => {
    const source = new CancellationSource();
    source.cancel();
    const notebook = path.join(root, 'interrupted.ipynb');
    writeFileSync(notebook, writeNotebook(createNotebook([{ kind: 'code', source: 'print 1' }])));
    expect((await command([notebook, '-w', data], source.token)).code).toBe(130);
  });
});

describe('input that is wrong', () => {
  it('a broken notebook', async () => {
    const file = path.join(root, 'broken.ipynb');
    writeFileSync(file, '{"cells": [');
    expect(await command([file])).toMatchObject({ code: 2, error: expect.stringContaining('is not a readable notebook') as string });
  });

  it('a missing notebook', async () => {
    expect(await command([path.join(root, 'none.ipynb')])).toMatchObject({
      code: 2,
      error: expect.stringContaining('Not found') as string,
    });
  });

  it('an unknown parameter', async () => {
    expect(await run(chain, '-p', 'user=eve')).toMatchObject({
      code: 2,
      error: 'The parameter "user" is not defined by the notebook\'s parameters cell.\n',
    });
  });

  it('a workspace that is none', async () => {
    const file = path.join(root, 'ok.ipynb');
    writeFileSync(file, writeNotebook(createNotebook([])));
    expect(await command([file, '-w', path.join(root, 'nowhere')])).toMatchObject({
      code: 2,
      error: expect.stringContaining('There is no workspace') as string,
    });
  });

  it('a folder for the output that is not there, before anything runs', async () => {
    const { code, out, error } = await run(chain, '-o', path.join(root, 'nowhere', 'out.ipynb'));
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain('there is no folder');
  });

  it('an output that cannot be written: the other is', async () => {
    const ran = await run(chain, '-o', data);
    expect(ran.code).toBe(1);
    expect(ran.error).toContain(`${data} is not written.`);
    expect(existsSync(path.join(ran.folder, 'out.html'))).toBe(true);
  });

  it('a storage folder that cannot be written', async () => {
    const file = path.join(root, 'ok.ipynb');
    writeFileSync(file, writeNotebook(createNotebook([])));
    expect((await command([file, '-w', data, '--storage', path.join(data, 'Logons.csv')])).code).toBe(2);
  });

  it('a damaged data file is named, the rest runs', async () => {
    const folder = path.join(root, 'damaged');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'bad.jsonl'), '{"a":1}\n{"a":\n');
    const notebook = path.join(root, 'damaged.ipynb');
    writeFileSync(notebook, writeNotebook(createNotebook([{ kind: 'code', source: 'bad | count' }])));
    const { code, out, error } = await command([notebook, '-w', folder]);
    expect([code, error]).toEqual([0, 'bad.jsonl:2: The line is not JSON; it was left out.\n']);
    expect(out).toContain('[1] 1 row');
  });
});
