import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openProduct } from '../../scripts/lib/openedProduct.mjs';
import type { WorkbenchPage } from '../../scripts/lib/workbenchPage.mjs';
import { readSavedResult, RESULT_MIME } from '../../src/common/savedResult';
import type { Measurement } from './bench';

const queries = ['print warm = 1', 'print small = 1', 'SecurityEvent | take 50000'];

interface SavedNotebook {
  readonly cells: readonly { readonly outputs: readonly { readonly data?: Readonly<Record<string, unknown>> }[] }[];
}

/** Milliseconds from the engine's having finished a result to the browser's having painted the first rows of its table. */
export async function firstPage(): Promise<Measurement> {
  const source = mkdtempSync(path.join(tmpdir(), 'huntbook-first-page-'));
  const cells = queries.map((query, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    metadata: { vscode: { languageId: 'kusto' } },
    source: [query],
    outputs: [],
    execution_count: null,
  }));
  const metadata = { kernelspec: { name: 'kusto', display_name: 'KQL', language: 'kusto' }, language_info: { name: 'kusto' } };
  writeFileSync(path.join(source, 'page.ipynb'), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  const product = await openProduct({ folder: source, viewport: { width: 1280, height: 1600 } });
  try {
    const { workbench } = product;
    // A first cell waits until the sample workspace is generated.
    workbench.page.setDefaultTimeout(240_000);
    await workbench.open(product.url);
    await workbench.openFile('page.ipynb');
    await workbench.waitForNotebook();
    const painted: number[] = [];
    for (const [index] of queries.entries()) {
      const seen = index === 0 ? undefined : paintOfTable(workbench, index);
      await workbench.runCell(index);
      await workbench.outputs.locator('[role="grid"]').nth(index).waitFor();
      painted.push((await seen) ?? Number.NaN);
    }
    await workbench.save();
    const saved = JSON.parse(readFileSync(path.join(product.folder, 'page.ipynb'), 'utf8')) as SavedNotebook;
    const finished = saved.cells.map((cell) => finishedAt(cell.outputs));
    return { value: painted[2]! - finished[2]!, baseline: painted[1]! - finished[1]! };
  } finally {
    await product.close();
    rmSync(source, { recursive: true, force: true });
  }
}

/** When the browser has painted rows of the table at `index`, looking once a frame. */
function paintOfTable(workbench: WorkbenchPage, index: number): Promise<number> {
  return workbench.outputs.locator('body').evaluate(
    (body, wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const grid = body.querySelectorAll('[role="grid"]')[wanted];
          if (grid?.querySelector('[role="gridcell"]')) requestAnimationFrame(() => resolve(Date.now()));
          else requestAnimationFrame(look);
        };
        look();
      }),
    index,
  );
}

function finishedAt(outputs: SavedNotebook['cells'][number]['outputs']): number {
  const item = readSavedResult(outputs.map(({ data }) => data?.[RESULT_MIME]).find((value) => value !== undefined));
  return item ? Date.parse(item.result.finishedAt) : Number.NaN;
}
