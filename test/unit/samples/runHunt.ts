import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../../../src/common/cancellation';
import type { Disposable } from '../../../src/common/disposable';
import { wholeView, type WorkspaceInfo, type WorkspaceSource } from '../../../src/common/engineProtocol';
import { describeError, toHuntError } from '../../../src/common/errors';
import type { IncidentDetails } from '../../../src/common/incidents';
import type { WireValue } from '../../../src/common/kqlTypes';
import { InProcessEngine } from '../../../src/notebook/engineClient';
import { isKqlCell, readNotebook } from '../../../src/notebook/ipynb';
import { stringAt } from '../../../src/notebook/json';
import { HuntSession } from '../../../src/notebook/session';
import { Engine } from '../../../src/workspaces/engine';

export const samples = path.resolve(import.meta.dirname, '../../../samples');

/** A row by the names of its columns; dynamic values are parsed. */
export type Row = Readonly<Record<string, unknown>>;

/** What a whole notebook left. */
export interface HuntRun {
  /** `cell id: message` of the cells that failed. */
  readonly failures: readonly string[];
  /** Warnings of the cells that gave one. */
  readonly warnings: readonly string[];
  /** Number of rows by cell id. */
  readonly rowCounts: ReadonlyMap<string, number>;
  /** Rows (the first 5,000) of the cell with an id or of the result with a name. */
  rows(cellOrResult: string): readonly Row[];
}

/** The engine with the workspaces, at a fixed time: runs notebooks from beginning to end, as the headless runner does. */
export class HuntBench implements Disposable {
  readonly #storage = mkdtempSync(path.join(tmpdir(), 'huntbook-hunts-'));
  readonly #now: Date;
  #engine: Engine | undefined;
  readonly #workspaces: WorkspaceInfo[] = [];

  constructor(now: Date) {
    this.#now = now;
  }

  /** The first one connected is the one that cells use. */
  async connect(source: WorkspaceSource): Promise<WorkspaceInfo> {
    const info = await (await this.#client()).call('connect', source);
    this.#workspaces.push(info);
    return info;
  }

  async run(file: string): Promise<HuntRun> {
    return this.runText(readFileSync(file, 'utf8'));
  }

  async runText(text: string): Promise<HuntRun> {
    const client = await this.#client();
    const { cells } = readNotebook(text, 'notebook.ipynb');
    const session = new HuntSession(client, {
      defaultWorkspaceId: () => this.#workspaces[0]?.id,
      workspaceNamed: (name) => this.#workspaces.find((workspace) => workspace.name === name)?.id,
      cells: () => new Map(cells.map((cell, index) => [index + 1, cell.source])),
    });
    const failures: string[] = [];
    const warnings: string[] = [];
    const rowCounts = new Map<string, number>();
    const rows = new Map<string, readonly Row[]>();
    for (const [index, cell] of cells.entries()) {
      if (!isKqlCell(cell)) continue;
      const id = stringAt(cell.raw, 'id') ?? '';
      try {
        const outcome = await session.run({ key: id, number: index + 1, text: cell.source }, neverCancelled, () => undefined);
        if (outcome.kind !== 'result') continue;
        const { resultId, columns, rowCount } = outcome.result;
        const page = await client.call('readPage', { resultId, view: wholeView, offset: 0, count: 5000 });
        const objects = page.rows.map((row) =>
          Object.fromEntries(columns.map(({ name, type }, at) => [name, type === 'dynamic' ? parsed(row[at]) : row[at]])),
        );
        rows.set(id, objects);
        if (outcome.name !== undefined) rows.set(outcome.name, objects);
        rowCounts.set(id, rowCount);
        warnings.push(...outcome.result.warnings.map((warning) => `${id}: ${warning}`));
      } catch (thrown) {
        failures.push(`${id}: ${describeError(toHuntError(thrown).data)}`);
      }
    }
    await session.restart();
    return {
      failures,
      warnings,
      rowCounts,
      rows: (cellOrResult) => {
        const found = rows.get(cellOrResult);
        if (!found) throw new Error(`no result "${cellOrResult}"; failures: ${failures.join('; ')}`);
        return found;
      },
    };
  }

  /** Names of the first workspace's tables. */
  async tables(): Promise<ReadonlySet<string>> {
    const schema = await (await this.#client()).call('schema', { workspaceId: this.#workspaces[0]?.id ?? '' });
    return new Set(schema.tables.map((table) => table.name));
  }

  /** An incident of the first workspace. */
  async incident(number: number): Promise<IncidentDetails> {
    return (await this.#client()).call('getIncident', { workspaceId: this.#workspaces[0]?.id ?? '', number });
  }

  dispose(): void {
    this.#engine?.dispose();
    rmSync(this.#storage, { recursive: true, force: true, maxRetries: 5 });
  }

  async #client(): Promise<InProcessEngine> {
    this.#engine ??= await Engine.open({ storagePath: this.#storage, now: () => this.#now });
    return new InProcessEngine(this.#engine.handlers);
  }
}

function parsed(value: WireValue | undefined): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
