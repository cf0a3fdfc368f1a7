import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createConnection, createProtocolConnection, type ProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { CompletionList, Diagnostic, Hover } from 'vscode-languageserver-types';
import { startLanguageServer } from '../../../src/language/server';
import { testSchema } from './marked';

let client: ProtocolConnection;
const published = new Map<string, Diagnostic[]>();
let watchers: (() => void)[] = [];

/** Resolves when a cell's diagnostics are as expected. */
function diagnosed(uri: string, test: (found: readonly Diagnostic[]) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      const found = published.get(uri);
      if (found && test(found)) resolve();
    };
    watchers.push(check);
    check();
  });
}

beforeEach(async () => {
  published.clear();
  watchers = [];
  const [up, down] = [new PassThrough(), new PassThrough()];
  startLanguageServer({
    connection: createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)),
    knownTables: () => [{ name: 'Known', columns: [{ name: 'Old', type: 'string' }] }],
  });
  client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.onRequest('huntbook/schema', ({ workspace }: { workspace: string }) => (workspace === 'contoso' ? testSchema : null));
  client.onRequest('huntbook/values', ({ column }: { column: string }) => (column === 'IPAddress' ? ['10.0.0.1', 'a"b'] : []));
  client.onRequest('workspace/configuration', () => [{ hints: {} }]);
  client.onRequest('client/registerCapability', () => null);
  client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
    published.set(uri, diagnostics);
    for (const watcher of watchers) watcher();
  });
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification('initialized', {});
});

afterEach(() => client.dispose());

const cell = (number: number): string => `vscode-notebook-cell:/hunt.ipynb#${number}`;

async function openNotebook(texts: readonly string[]): Promise<void> {
  await client.sendNotification('huntbook/context', { uri: 'file:///hunt.ipynb', workspace: 'contoso', numbers: {}, results: [] });
  await client.sendNotification('notebookDocument/didOpen', {
    notebookDocument: {
      uri: 'file:///hunt.ipynb',
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: texts.map((_text, index) => ({ kind: 2, document: cell(index + 1) })),
    },
    cellTextDocuments: texts.map((text, index) => ({ uri: cell(index + 1), languageId: 'kusto', version: 1, text })),
  });
}

it('a notebook: names cross cells, the workspace comes from the client, edits are followed', async () => {
  await openNotebook(['let n = 5;', 'SigninLogs | take n\n| where IPAddres == "x"']);
  await diagnosed(cell(2), (found) => JSON.stringify(found).includes('Did you mean IPAddress'));
  const hover = await client.sendRequest<Hover>('textDocument/hover', { textDocument: { uri: cell(2) }, position: { line: 0, character: 18 } });
  expect(JSON.stringify(hover.contents)).toContain('Defined in cell 1');
  const list = await client.sendRequest<CompletionList>('textDocument/completion', { textDocument: { uri: cell(2) }, position: { line: 1, character: 8 } });
  expect(list.items.map((item) => item.label)).toEqual(expect.arrayContaining(['IPAddress', 'n']));
  await client.sendNotification('notebookDocument/didChange', {
    notebookDocument: { uri: 'file:///hunt.ipynb', version: 2 },
    change: { cells: { textContent: [{ document: { uri: cell(2), version: 2 }, changes: [{ text: 'SigninLogs | take n' }] }] } },
  });
  await diagnosed(cell(2), (found) => found.length === 0);
});

it('values: those of a column that the client holds, and aliases of watchlists', async () => {
  await openNotebook(['SigninLogs | where IPAddress == ""', "_GetWatchlist('')"]);
  await diagnosed(cell(1), () => true);
  const inserted = async (number: number, character: number) => {
    const position = { line: 0, character };
    const { items } = await client.sendRequest<CompletionList>('textDocument/completion', { textDocument: { uri: cell(number) }, position });
    return items.map(({ textEdit }) => textEdit?.newText);
  };
  expect(await inserted(1, 33)).toEqual(['"10.0.0.1"', '"a\\"b"']);
  expect(await inserted(2, 15)).toEqual(['"vips"']);
});

it('a file: the known tables serve without a workspace, closing clears', async () => {
  const uri = 'file:///query.kql';
  await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'kusto', version: 1, text: 'Known | where New == 1' } });
  await diagnosed(uri, (found) => found.length === 1);
  await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await diagnosed(uri, (found) => found.length === 0);
});
