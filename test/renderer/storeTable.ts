/** Tables whose rows are in the real result store. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Column, WireRow } from '../../src/common/kqlTypes';
import { showTable, type TableOnPage } from './drive';
import type { OpenOptions, RendererPage } from './rendererHarness';
import { useRenderer } from './harness';
import { tableData, type TableSpec } from './page/data';
import type { OutputSpec } from './page/main';
import { StoreHost } from './storeHost';

export interface StoreTable extends RendererPage {
  readonly table: TableOnPage;
}

/** A store for the tests of one file; shows outputs on pages of their own. */
export function useStoreTables(): (output: OutputSpec, options?: OpenOptions) => Promise<StoreTable> {
  const open = useRenderer();
  let store: StoreHost | undefined;
  beforeAll(async () => {
    store = await StoreHost.open();
  });
  afterAll(async () => {
    await store?.close();
  });
  return async (output, options) => {
    const host = store;
    if (!host) throw new Error('The store is there inside tests alone.');
    const { columns, rows } = rowsOf(output.table);
    await host.keep(`result-${output.id}`, columns, rows);
    const opened = await open(options);
    await connect(opened.page, host);
    const table = await showTable(opened.page, output);
    return { ...opened, table };
  };
}

async function connect(page: Page, host: StoreHost): Promise<void> {
  await page.exposeFunction('storeReply', async (message: Parameters<StoreHost['reply']>[0]) => (await host.reply(message)) ?? null);
  await page.evaluate(() => window.hunt.useStore());
}

function rowsOf(spec: TableSpec): { readonly columns: readonly Column[]; readonly rows: readonly WireRow[] } {
  const { columns, rowCount, value } = tableData(spec);
  const rows = Array.from({ length: rowCount }, (_, row) => columns.map((_column, column) => value(row, column)));
  return { columns, rows };
}
