import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { CancellationToken } from '../common/cancellation';
import type { WorkspaceInfo } from '../common/engineProtocol';
import { HuntError, toHuntError } from '../common/errors';
import { isWarning, noticeText } from '../common/notices';
import { readCellOptions } from '../kql/cellOptions';
import { InProcessEngine } from '../notebook/engineClient';
import { isKqlCell, type Notebook, notebookTitle, writeNotebook } from '../notebook/ipynb';
import { errorOutput } from '../notebook/outputs';
import { applyParameters } from '../notebook/parameters';
import { resultSummary } from '../notebook/resultSummary';
import { HuntSession } from '../notebook/session';
import { visibleLines, visibleText } from '../common/visibleText';
import { htmlReport } from '../report/htmlReport';
import { redacted } from '../report/redaction/redactReport';
import { Engine } from '../workspaces/engine';
import type { RunArguments } from './arguments';
import { azureConnection } from './azureArguments';
import { readNotebookFile, replaceFile } from './notebookFiles';
import { type CellReport, type NotebookRun, runNotebook } from './notebookRun';
import { reportOfRun } from './runReport';
import { textTable } from './textTable';
import { type NamedWorkspace, namedWorkspace, workspaceSources } from './workspaceNames';

/** Where the runner writes for people. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Says what goes on, in one line that the next replaces; '' when it is done. */
  readonly progress: (sentence: string) => void;
  /** Characters of a line. */
  readonly width: number;
}

const PRINTED_ROWS = 20;
const PRINTED_CELL = 60;
const INTERRUPTED = 130;

/** Runs a notebook as the command line says. @returns the exit code. */
export async function runCommand(given: RunArguments, terminal: Terminal, token: CancellationToken): Promise<number> {
  try {
    const notebook = applyParameters(await readNotebookFile(given.notebook), given.parameters);
    for (const file of [given.output, given.html]) if (file !== undefined) await checkFolderOf(file);
    const named = await namedWorkspaces(given, notebook);
    const allowedFiles = given.allowedFiles.map((file) => path.resolve(file));
    const engine = await Engine.open({
      storagePath: given.storage ?? defaultStorage(),
      memoryLimitMiB: given.memoryLimitMiB,
      allowedFiles,
      geoIpDatabase: given.geoIpDatabase === undefined ? undefined : path.resolve(given.geoIpDatabase),
      signInPrompt: (message) => terminal.error(`${visibleText(message)}\n`),
    });
    try {
      return await runWith(engine, notebook, named, given, terminal, token);
    } finally {
      engine.dispose();
    }
  } catch (thrown) {
    const error = toHuntError(thrown);
    terminal.error(`${error.message}\n`);
    return error.data.kind === 'cancelled' ? INTERRUPTED : 2;
  }
}

async function runWith(
  engine: Engine,
  notebook: Notebook,
  named: readonly NamedWorkspace[],
  given: RunArguments,
  terminal: Terminal,
  token: CancellationToken,
): Promise<number> {
  const client = new InProcessEngine(engine.handlers);
  const connected: WorkspaceInfo[] = [];
  const connection = await azureConnection(given.azure);
  const sources = await workspaceSources(named, connection, client, token, terminal.progress);
  for (const source of sources) {
    const info = await client.call('connect', source, token, terminal.progress);
    terminal.progress('');
    connected.push(info);
    for (const { file, line, message } of info.problems)
      terminal.error(`${visibleText(`${file}${line === undefined ? '' : `:${line}`}: ${message}`)}\n`);
  }
  const cells = new Map(notebook.cells.flatMap((cell, index) => (isKqlCell(cell) ? [[index + 1, cell.source] as const] : [])));
  const session = new HuntSession(client, {
    defaultWorkspaceId: () => connected[0]?.id,
    workspaceNamed: (name) => connected.find((info) => info.id === name || info.name.toLowerCase() === name.toLowerCase())?.id,
    defaultTimespan: () => given.azure.timespan,
    serverTimeoutSeconds: () => given.azure.serverTimeoutSeconds,
    cells: () => cells,
  });
  const onCell = (report: CellReport): void => {
    terminal.progress('');
    terminal.out(cellText(report, terminal.width));
  };
  const run = await runNotebook(notebook, session, given.savedOutput, token, onCell, terminal.progress);
  const written = await writeFiles(run, given, connected, terminal);
  if (run.failure?.data.kind === 'cancelled') return INTERRUPTED;
  return run.failure || !written ? 1 : 0;
}

/** A long run should not end in a file that cannot be written. */
async function checkFolderOf(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory())
    throw new HuntError({ kind: 'storage', reason: 'other', path: file, message: `Cannot write ${file}: there is no folder ${folder}.` });
}

/** The workspaces that the command line names, and the sample when a cell names it. */
async function namedWorkspaces({ workspaces, azure }: RunArguments, notebook: Notebook): Promise<readonly NamedWorkspace[]> {
  const named = await Promise.all(workspaces.map((name) => namedWorkspace(name, azure)));
  const wantsSample = notebook.cells.some(
    (cell) => isKqlCell(cell) && /^(contoso|sample)$/i.test(readCellOptions(cell.source).options.workspace ?? ''),
  );
  // In Azure too a workspace may be called Contoso.
  const hasSample = named.some(({ kind }) => kind === 'sample' || kind === 'azure');
  return wantsSample && !hasSample ? [...named, { kind: 'sample' }] : named;
}

async function writeFiles(
  run: NotebookRun,
  given: RunArguments,
  connected: readonly WorkspaceInfo[],
  terminal: Terminal,
): Promise<boolean> {
  const head = {
    title: notebookTitle(run.notebook) ?? path.basename(given.notebook),
    source: path.basename(given.notebook),
    workspace: connected.map((info) => info.name).join(', '),
    parameters: given.parameters,
  };
  const notebookWritten = await writeText(given.output, () => writeNotebook(run.notebook), terminal);
  const report = reportOfRun(head, run);
  const reportWritten = await writeText(given.html, () => htmlReport(given.redact ? redacted(report) : report), terminal);
  return notebookWritten && reportWritten;
}

async function writeText(file: string | undefined, content: () => string, terminal: Terminal): Promise<boolean> {
  if (file === undefined) return true;
  try {
    await replaceFile(file, content());
    terminal.error(`Wrote ${file}\n`);
    return true;
  } catch (thrown) {
    terminal.error(`${file} is not written. ${toHuntError(thrown).message}\n`);
    return false;
  }
}

function cellText(report: CellReport, width: number): string {
  switch (report.kind) {
    case 'markdown':
    case 'notRun':
      return '';
    case 'skipped':
      return `[${report.number}] not KQL (${report.cell.language ?? 'unknown language'}): not run\n\n`;
    case 'failed':
      return `[${report.number}] ${visibleLines(errorOutput(report.error, report.cell.source).stack)}\n\n`;
    case 'ran':
      return outcomeText(report.number, report.outcome, width);
  }
}

function outcomeText(number: number, outcome: Extract<CellReport, { kind: 'ran' }>['outcome'], width: number): string {
  switch (outcome.kind) {
    case 'empty':
      return '';
    case 'definitions':
      return `[${number}] defined ${outcome.names.join(', ')}\n\n`;
    case 'result': {
      const { result, name } = outcome;
      const head = `[${number}] ${name === undefined ? '' : `${name}: `}${resultSummary(result)}`;
      const notices = (result.notices ?? []).map((notice) => `${isWarning(notice) ? 'Warning: ' : ''}${noticeText(notice)}`);
      const warnings = [...notices, ...result.warnings.map((warning) => `Warning: ${warning}`)].map(visibleText);
      const table =
        result.rowCount === 0
          ? []
          : [textTable(result.columns, result.preview, result.rowCount, { rows: PRINTED_ROWS, width, cell: PRINTED_CELL })];
      return `${[head, ...warnings, ...table].join('\n')}\n\n`;
    }
  }
}

/** The user's cache folder, as the system has it. */
function defaultStorage(): string {
  const local = process.env['LOCALAPPDATA'];
  if (process.platform === 'win32' && local !== undefined) return path.join(local, 'huntbook');
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'huntbook');
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'huntbook');
}
