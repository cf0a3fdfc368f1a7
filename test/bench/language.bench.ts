/**
 * The language server while someone types: completion, diagnostics and hover after each keystroke in a 60-line query, over the schemas of
 * all known tables, warm; and the real process from its start.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createProtocolConnection, type ProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { bundleForNode } from '../../scripts/lib/nodeBundle.mjs';
import { kusto } from '../../src/kql/bridge';
import { kustoEditor } from '../../src/kql/editorBridge';
import { globalsOf, type KqlSchema } from '../../src/kql/globals';
import { completions } from '../../src/language/completion';
import { diagnostics } from '../../src/language/diagnostics';
import { hover } from '../../src/language/hover';
import { LanguageNotebook } from '../../src/language/languageNotebook';
import { knownTable, knownTableNames } from '../../src/workspaces/schemas/knownSchemas';
import type { Bench, Measurement } from './bench';
import { longQuery } from './longQuery';

const WARM_UP = 40;
const KEYSTROKES = 120;
const CELL = 'cell:2';

function schema(): KqlSchema {
  return { tables: knownTableNames().map((name) => ({ name, columns: knownTable(name) ?? [] })), functions: [], watchlists: [] };
}

/** The places at which someone types, in a random-looking but fixed order: behind words of the query. */
function places(text: string): readonly number[] {
  const ends = [...text.matchAll(/[a-z]{3,}\b/giu)].map((match) => match.index + match[0].length);
  return Array.from({ length: WARM_UP + KEYSTROKES }, (_, index) => ends[(index * 37) % ends.length] ?? 0);
}

/** Types a letter behind a word, then does the work; each time in the query as it was. Milliseconds, sorted. */
function typing(work: (notebook: LanguageNotebook, offset: number) => void): readonly number[] {
  const known = schema();
  const notebook = new LanguageNotebook({ schemaOf: () => known, resultColumns: () => undefined });
  const text = longQuery(1);
  const lets = TextDocument.create('cell:1', 'kusto', 1, 'let limit = 100;');
  const durations = places(text).map((place, index) => {
    const version = (edited: string, number: number): void =>
      notebook.setCells([
        { document: lets, number: 1 },
        { document: TextDocument.create(CELL, 'kusto', number, edited), number: 2 },
      ]);
    version(text, 2 * index + 1);
    const cell = notebook.cell(CELL);
    if (cell) notebook.statements(cell);
    const start = performance.now();
    version(`${text.slice(0, place)}x${text.slice(place)}`, 2 * index + 2);
    work(notebook, place + 1);
    return performance.now() - start;
  });
  return durations.slice(WARM_UP).sort((left, right) => left - right);
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const complete = (notebook: LanguageNotebook, offset: number): void => {
  const cell = notebook.cell(CELL);
  if (cell) completions(notebook, cell, offset);
};
const check = (notebook: LanguageNotebook): void => {
  for (const cell of notebook.cells) diagnostics(notebook, cell, {});
};
const look = (notebook: LanguageNotebook, offset: number): void => {
  const cell = notebook.cell(CELL);
  if (cell) hover(notebook, cell, offset - 2);
};

interface PlainService {
  GetCompletionItems(offset: number): unknown;
}

/** Kusto.Language alone: the whole text bound, its own list. */
function plainCompletion(): number {
  const globals = globalsOf(schema());
  const text = longQuery(1);
  const durations = places(text).map((place) => {
    const start = performance.now();
    const code = kusto.KustoCode.ParseAndAnalyze(`${text.slice(0, place)}x${text.slice(place)}`, globals);
    (new kustoEditor.KustoCodeService.ctor(code) as unknown as PlainService).GetCompletionItems(place + 1);
    return performance.now() - start;
  });
  return at(
    durations.slice(WARM_UP).sort((left, right) => left - right),
    0.95,
  );
}

interface Server {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
}

async function startServer(): Promise<Server> {
  const [file = ''] = await bundleForNode(['src/languageServer.ts'], { outdir: 'out/bench' });
  const child = spawn(process.execPath, [file, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.onRequest('huntbook/schema', () => null);
  connection.onRequest('workspace/configuration', () => [{}]);
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  return { child, connection };
}

async function firstCompletion(): Promise<Measurement> {
  const { child, connection } = await startServer();
  try {
    const text = longQuery(1);
    const start = performance.now();
    await openAndComplete(connection, text);
    return { value: performance.now() - start };
  } finally {
    child.kill();
  }
}

async function openAndComplete(connection: ProtocolConnection, text: string): Promise<void> {
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: 'file:///hunt.kql', languageId: 'kusto', version: 1, text } });
  await connection.sendRequest('textDocument/completion', { textDocument: { uri: 'file:///hunt.kql' }, position: { line: 3, character: 8 } });
}

async function residentMemory(): Promise<Measurement> {
  const { child, connection } = await startServer();
  try {
    await openAndComplete(connection, longQuery(1));
    for (const line of [10, 20, 30, 40, 50]) {
      await connection.sendRequest('textDocument/hover', { textDocument: { uri: 'file:///hunt.kql' }, position: { line, character: 10 } });
    }
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return { value: Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1024 };
  } finally {
    child.kill();
  }
}

export const benches: readonly Bench[] = [
  {
    name: 'language: completion after a keystroke, p95 (baseline: Kusto.Language alone)',
    unit: 'ms',
    budget: 30,
    run: () => Promise.resolve({ value: at(typing(complete), 0.95), baseline: plainCompletion() }),
  },
  {
    name: 'language: completion after a keystroke, slowest',
    unit: 'ms',
    budget: 100,
    run: () => Promise.resolve({ value: at(typing(complete), 1) }),
  },
  { name: 'language: diagnostics after a keystroke, p95', unit: 'ms', budget: 60, run: () => Promise.resolve({ value: at(typing(check), 0.95) }) },
  { name: 'language: hover after a keystroke, p95', unit: 'ms', budget: 30, run: () => Promise.resolve({ value: at(typing(look), 0.95) }) },
  { name: 'language: first completion of a cold server', unit: 'ms', budget: 2000, run: firstCompletion },
  { name: 'language: resident memory of the server', unit: 'MB', budget: 300, run: residentMemory },
];
