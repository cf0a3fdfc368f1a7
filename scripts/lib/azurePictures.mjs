/** The README's pictures of the product beside the emulator of Azure: workspaces by tenant, what the service did, incidents. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmulator } from './emulated.mjs';
import { openProduct } from './openedProduct.mjs';

const themes = /** @type {const} */ ({ light: 'Light Modern', dark: 'Dark Modern', contrast: 'Dark High Contrast' });

const cells = [
  '//| timespan: P7D\nSigninLogs\n| where ResultType != "0"\n| project TimeGenerated, UserPrincipalName, IPAddress, Location, ResultType\n| take 5',
  'SigninLogs\n| summarize Attempts = count() by ResultType\n| top 5 by Attempts',
];

/**
 * @param {(name: string) => string} fileOf where a picture goes
 * @param {import('./openedProduct.mjs').ProductOptions} options of the window
 */
export async function takeAzurePictures(fileOf, options) {
  const emulator = await startEmulator();
  const product = await openProduct({ ...options, emulator: { ...emulator, signedIn: false, guestTenants: ['d3b07c51-62f4-4a8e-8c15-9e7f20ab6d44'] } });
  try {
    const scene = new AzureScene(product, emulator);
    await scene.prepare();
    for (const [name, theme] of Object.entries(themes)) {
      await product.workbench.setTheme(theme);
      await scene.openIncidentMenu();
      await product.workbench.screenshot(fileOf(`azure-${name}`));
      await product.workbench.page.keyboard.press('Escape');
    }
  } finally {
    await product.close();
    await emulator.close();
  }
}

class AzureScene {
  #product;
  #emulator;

  constructor(product, emulator) {
    this.#product = product;
    this.#emulator = emulator;
  }

  async prepare() {
    const { workbench, url, folder } = this.#product;
    writeFileSync(path.join(folder, 'azure.ipynb'), notebook());
    workbench.page.setDefaultTimeout(120_000);
    await workbench.open(url);
    await workbench.showSidebar();
    await workbench.page.locator('.pane-header', { hasText: 'Templates' }).click();
    await this.#row('Sign in to Azure').click();
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Allow' }).click();
    await this.#expand('priya.raman');
    await this.#expand('Contoso\\s*contoso.com');
    await this.#row('contoso-soc').hover();
    await this.#row('contoso-soc').getByRole('button', { name: 'Use This Workspace' }).click();
    await workbench.page.locator('.statusbar-item', { hasText: 'contoso-soc' }).waitFor();
    await this.#runCells();
  }

  async openIncidentMenu() {
    const { page } = this.#product.workbench;
    const incident = page.locator('.part.sidebar .monaco-list-row[aria-label^="Incident "]').first();
    await incident.click({ button: 'right' });
    await page.locator('.context-view').getByRole('menuitem', { name: 'Close Incident' }).waitFor();
  }

  /** The second answer is not whole, the first comes from the cache. */
  async #runCells() {
    const { workbench } = this.#product;
    await workbench.openFile('azure.ipynb');
    await workbench.waitForNotebook();
    await workbench.runAll();
    this.#emulator.clock.advance(45_000);
    this.#emulator.faults.add({ on: 'query', after: 1, effect: { kind: 'partial', message: 'A part of the data did not answer in time.' } });
    await workbench.runAll();
    await workbench.page.locator('.cell-statusbar-container').getByText('cached').first().waitFor();
  }

  #row(name) {
    const rows = this.#product.workbench.page.locator('.part.sidebar .monaco-list-row[role="treeitem"]');
    return rows.filter({ hasText: new RegExp(`^${name}`, 'u') }).first();
  }

  async #expand(name) {
    const row = this.#row(name);
    await row.waitFor();
    // A click on a tree that is drawn anew at that moment is lost.
    for (let tries = 0; tries < 30 && (await row.getAttribute('aria-expanded')) !== 'true'; tries++) {
      await row.locator('.monaco-tl-twistie').click();
      await this.#product.workbench.page.waitForTimeout(1000);
    }
  }
}

function notebook() {
  const metadata = { kernelspec: { name: 'huntbook', display_name: 'Huntbook (KQL)', language: 'kusto' }, language_info: { name: 'kusto' } };
  const made = cells.map((source, index) => ({ cell_type: 'code', id: `cell-${index}`, execution_count: null, metadata: {}, outputs: [], source }));
  return JSON.stringify({ cells: made, metadata, nbformat: 4, nbformat_minor: 5 });
}
