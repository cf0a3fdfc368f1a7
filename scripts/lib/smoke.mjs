import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { testResults } from './paths.mjs';
import { WorkbenchPage } from './workbenchPage.mjs';

const resultMime = 'application/vnd.huntbook.result+json';

/** High enough for several outputs: what is far out of sight, a notebook does not draw. */
const tall = { width: 1280, height: 2400 };

/**
 * Runs a notebook of the folder in the opened workbench as a person would, saves it, and tells what it saw.
 * @returns {Promise<boolean>} whether every KQL cell ran without an error and at least one table was on screen
 */
export async function smoke(server, folder, notebook) {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: tall });
  page.setDefaultTimeout(30_000);
  const workbench = new WorkbenchPage(page);
  const picture = path.join(testResults, 'smoke.png');
  try {
    await workbench.open(server.url(folder));
    await workbench.openFile(notebook);
    await workbench.waitForNotebook();
    await workbench.runAll();
    await workbench.save();
    const cells = readCells(path.join(folder, notebook));
    for (const { number, ok, text } of cells) process.stdout.write(`cell ${number}: ${ok ? '' : 'FAILED, '}${text}\n`);
    const tables = workbench.outputs.locator('[role="grid"]');
    await tables.first().waitFor();
    const onScreen = await tables.count();
    process.stdout.write(`tables on screen: ${onScreen}\n`);
    return cells.length > 0 && cells.every((cell) => cell.ok) && onScreen > 0;
  } catch (error) {
    process.stdout.write(`${error.message}\n${workbench.messages.join('\n')}\n`);
    return false;
  } finally {
    await workbench.screenshot(picture);
    process.stdout.write(`picture: ${picture}\n`);
    await browser.close();
  }
}

/** What the saved notebook says of its code cells. */
function readCells(file) {
  const { cells } = JSON.parse(readFileSync(file, 'utf8'));
  return cells
    .map((cell, index) => ({ cell, number: index + 1 }))
    .filter(({ cell }) => cell.cell_type === 'code')
    .map(({ cell, number }) => ({ number, ...describe(cell) }));
}

function describe({ outputs, execution_count: count }) {
  const error = outputs.find((output) => output.output_type === 'error');
  if (error) return { ok: false, text: `${error.ename}: ${error.evalue}` };
  if (count === null) return { ok: false, text: 'did not run' };
  const saved = outputs.map((output) => output.data?.[resultMime]).find((item) => item !== undefined);
  if (!saved) return { ok: true, text: 'ran' };
  return { ok: true, text: `${saved.result.rowCount} rows, ${saved.result.columns.length} columns` };
}
