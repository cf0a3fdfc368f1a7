/** The README's pictures of KQL being written: in a notebook, and in a file whose queries run. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openProduct } from './openedProduct.mjs';

const themes = /** @type {const} */ ({ light: 'Light Modern', dark: 'Dark Modern', contrast: 'Dark High Contrast' });

/** A line is as wide as the widest: its middle may be out of view. */
const START = { x: 4, y: 4 };

const cells = [
  'let threshold = 10;',
  '//| name: failures\nSigninLogs\n| where TimeGenerated > ago(7d) and ResultType != "0"\n| summarize Failures = count(), Addresses = dcount(IPAddress) by UserPrincipalName, AppDisplayName',
  'failures\n| where Failures > threshold\n| summarize Total = sum(Failures) by ',
];

/**
 * @param {(name: string) => string} fileOf where a picture goes
 * @param {import('./openedProduct.mjs').ProductOptions} options of the window
 */
export async function takeLanguagePictures(fileOf, options) {
  const product = await openProduct(options);
  try {
    product.workbench.page.setDefaultTimeout(120_000);
    await product.workbench.open(product.url);
    await takeCompletion(product, fileOf);
    await takeFile(product, fileOf);
  } finally {
    await product.close();
  }
}

/** Columns of the result of another cell are offered. */
async function takeCompletion({ workbench, folder }, fileOf) {
  const { page } = workbench;
  writeFileSync(path.join(folder, 'language.ipynb'), notebook(cells));
  await workbench.openFile('language.ipynb');
  await workbench.waitForNotebook();
  const line = page.locator('.notebook-editor .view-line', { hasText: 'summarize Total' });
  await inEachTheme(workbench, 'language', fileOf, () => suggestBehind(page, line, 'UserPrincipalName'));
}

/** A result beside its file, and its values offered in the next query. */
async function takeFile({ workbench }, fileOf) {
  const { page } = workbench;
  await workbench.runCommand('View: Revert and Close Editor');
  await workbench.openFile('queries.kql');
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await page.locator('.view-line', { hasText: 'order by Count' }).click({ position: START });
  await page.keyboard.press('Shift+Enter');
  await workbench.outputs.getByRole('grid').first().getByText('OperationName').waitFor();
  await page.keyboard.press('End');
  await page.keyboard.type('\nwhere OperationName has ');
  const line = page.locator('.view-line', { hasText: 'OperationName has' });
  await inEachTheme(workbench, 'kql-file', fileOf, () => suggestBehind(page, line, 'Reset password (self-service)'));
}

/** Changing the theme closes what is open in an editor: it is opened again for each picture. */
async function inEachTheme(workbench, scene, fileOf, show) {
  for (const [name, theme] of Object.entries(themes)) {
    await workbench.setTheme(theme);
    await show();
    await workbench.screenshot(fileOf(`${scene}-${name}`));
    await workbench.page.keyboard.press('Escape');
  }
}

async function suggestBehind(page, line, label) {
  await line.click({ position: START });
  await page.keyboard.press('End');
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget:visible .monaco-list-row', { hasText: label }).first().waitFor();
}

function notebook(texts) {
  const code = texts.map((source, index) => ({
    cell_type: 'code',
    id: `cell-${index}`,
    execution_count: null,
    outputs: [],
    source,
    metadata: { vscode: { languageId: 'kusto' } },
  }));
  const metadata = { kernelspec: { name: 'huntbook', display_name: 'Huntbook (KQL)', language: 'kusto' }, language_info: { name: 'kusto' } };
  return JSON.stringify({ cells: code, metadata, nbformat: 4, nbformat_minor: 5 });
}
