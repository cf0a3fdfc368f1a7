import type { Frame, Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { OpenedProduct } from '../../scripts/lib/openedProduct.mjs';

/** What people do on an incident, the same on every kind of workspace. */
export class IncidentStory {
  readonly #product: OpenedProduct;
  /** Begins the incident's title. */
  readonly #title: string;

  constructor(product: OpenedProduct, title: string) {
    this.#product = product;
    this.#title = title;
  }

  get row(): Locator {
    return this.#product.workbench.page.locator('.part.sidebar .monaco-list-row[aria-label^="Incident "]').filter({ hasText: this.#title }).first();
  }

  /** The document of a webview in which there is such an element: those of editors that are behind others stay. */
  async document(selector: string): Promise<Frame> {
    const { page } = this.#product.workbench;
    let found: Frame | undefined;
    const look = async (): Promise<boolean> => {
      for (const frame of page.frames()) {
        const count = await frame.locator(selector).count().catch(() => 0);
        if (count > 0) found = frame;
      }
      return found !== undefined;
    };
    await expect.poll(look, { timeout: 60_000, interval: 300 }).toBe(true);
    if (!found) throw new Error(`nothing is ${selector}`);
    return found;
  }

  /** The page of the incident. */
  page(): Promise<Frame> {
    return this.document('#hb-head h1');
  }

  /** A click on a tree that is drawn anew at that moment is lost, so it looks again. */
  async open(): Promise<void> {
    const tab = this.#product.workbench.page.locator('.tab', { hasText: /^Incident \d+/u });
    await this.row.waitFor({ timeout: 120_000 });
    const isOpen = async (): Promise<boolean> => {
      if (await tab.isVisible()) return true;
      await this.row.click({ timeout: 3000 }).catch(() => undefined);
      return false;
    };
    await expect.poll(isOpen, { timeout: 60_000, interval: 3000 }).toBe(true);
    await (await this.page()).getByRole('heading', { level: 1, name: this.#title }).waitFor();
  }

  /** Changes the severity and takes it back; writes a comment. */
  async work(): Promise<void> {
    const page = await this.page();
    const badge = page.locator('#hb-head .hb-severity');
    const before = await badge.innerText();
    await page.getByLabel('Severity').selectOption('Low');
    await expect.poll(() => badge.innerText(), { timeout: 10_000 }).toBe('Low');
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => badge.innerText(), { timeout: 10_000 }).toBe(before);
    await page.getByRole('status').getByText('is changed').waitFor();
    await page.getByLabel('New comment').fill('Looking at **it** now.');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.getByRole('status').getByText('The comment is written.').waitFor();
    await page.locator('.hb-comments strong', { hasText: 'it' }).first().waitFor();
  }

  /** A notebook of the incident, its evidence run. */
  async hunt(): Promise<void> {
    const { workbench } = this.#product;
    await (await this.page()).getByRole('button', { name: 'Hunt from Incident' }).click();
    await workbench.page.locator('.notebook-editor', { hasText: 'incidentNumber' }).first().waitFor();
    await workbench.waitForNotebook();
    await workbench.runAll();
  }

  /** Selects the cell in which this text stands, by keyboard, from the first cell down. */
  async selectCell(text: string): Promise<void> {
    const { page } = this.#product.workbench;
    await this.#product.workbench.runCommand('Notebook: Focus First Cell');
    // Of the notebook in front: others stay in the document.
    const selected = page.locator('.notebook-editor .code-cell-row.focused:visible', { hasText: text }).first();
    const isSelected = async (): Promise<boolean> => {
      if (await selected.isVisible()) return true;
      await page.keyboard.press('ArrowDown');
      return false;
    };
    await expect.poll(isSelected, { timeout: 60_000, interval: 500 }).toBe(true);
  }

  /** The first row of the selected cell's result, attached to the notebook's incident. */
  async bookmark(name: string): Promise<void> {
    const { workbench } = this.#product;
    const { page } = workbench;
    await workbench.runCommand('Huntbook: Bookmark Rows…');
    await workbench.quickInputRow('Row 1').locator('.quick-input-list-checkbox, input[type="checkbox"], .monaco-custom-toggle').first().click();
    await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    await page.locator('.quick-input-widget:visible', { hasText: 'Name of the bookmark' }).waitFor();
    await workbench.answerQuickInput(name);
    await page.locator('.quick-input-widget:visible', { hasText: 'Notes' }).waitFor();
    await workbench.answerQuickInput('Seen in the **evidence**.');
    await page.locator('.quick-input-widget:visible', { hasText: 'Tactics' }).waitFor();
    await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    await workbench.quickInputRow('Attach to incident #').click();
    await page.locator('.statusbar-item', { hasText: '1 of 1 bookmarks written' }).waitFor();
  }

  /** The selected cell's result as a comment. */
  async comment(): Promise<void> {
    const { workbench } = this.#product;
    await workbench.runCommand('Huntbook: Comment on Incident with Selected Cells…');
    await workbench.quickInputRow('Write comment on incident').click();
    await workbench.page.locator('.statusbar-item', { hasText: 'has your comment' }).waitFor();
  }

  async close(): Promise<void> {
    const { workbench } = this.#product;
    await workbench.runCommand('Huntbook: Incident of Notebook…');
    await workbench.quickInputRow('Close…').click();
    await workbench.quickInputRow('suspicious activity').click();
    await workbench.page.locator('.quick-input-widget:visible', { hasText: 'Why?' }).waitFor();
    await workbench.answerQuickInput('Password spray, contained.');
    await workbench.page.locator('.statusbar-item', { hasText: 'is changed' }).waitFor();
  }

  /** The record in the notebook, and the page that followed. */
  async look(bookmark: string): Promise<void> {
    const { workbench } = this.#product;
    await workbench.runCommand('Huntbook: Show What Was Written to Sentinel');
    const notebook = await this.document('h2:text-is("Written to Sentinel")');
    await notebook.getByRole('cell', { name: bookmark }).first().waitFor({ state: 'attached' });
    await workbench.page.locator('.tab', { hasText: /^Incident \d+/u }).first().click();
    const page = await this.page();
    await expect.poll(() => page.getByLabel('Status', { exact: true }).inputValue(), { timeout: 30_000 }).toBe('Closed');
    await page.locator('#hb-bookmarks').getByText(bookmark).waitFor();
    await page.locator('.hb-comments table').first().waitFor();
    await page.locator('#hb-notebooks').getByRole('button').first().waitFor();
  }

  /** Saves the cell of a new notebook as a hunting query, and runs all that there are, twice. */
  async huntingQueries(name: string): Promise<void> {
    const { workbench } = this.#product;
    const { page } = workbench;
    const asks = (title: string): Promise<void> => page.locator('.quick-input-widget:visible', { hasText: title }).waitFor();
    await workbench.runCommand('Huntbook: New Hunt Notebook');
    await page.locator('.tab.active', { hasText: /Untitled-\d+\.ipynb/u }).waitFor();
    await page.locator('.notebook-toolbar-container .kernel-label:visible', { hasText: 'Huntbook' }).waitFor();
    await page.locator('.notebook-editor .code-cell-row:visible', { hasText: '//| name: signins' }).locator('.monaco-editor').first().click();
    await workbench.runCommand('Huntbook: Save Cell as Hunting Query…');
    await asks('Name of the hunting query');
    await workbench.answerQuickInput(name);
    await asks('Description');
    await workbench.answerQuickInput('What there is.');
    await asks('Tactics');
    await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    await asks('Techniques');
    await workbench.answerQuickInput('T1110.003');
    await page.locator('.statusbar-item', { hasText: 'is saved' }).waitFor();

    await workbench.runCommand('Huntbook: Run Hunting Queries…');
    await asks('Hunting queries to run');
    await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
    const runs = await this.document('.hb-runs');
    const row = runs.getByRole('row', { name: new RegExp(name, 'u') });
    const isDone = async (): Promise<string> => row.getByRole('cell').nth(1).innerText();
    await expect.poll(isDone, { timeout: 120_000 }).toMatch(/^[\d,]+$/u);
    await runs.getByRole('button', { name: 'Run Again' }).click({ timeout: 120_000 });
    await expect.poll(() => row.getByRole('cell').nth(3).innerText(), { timeout: 120_000 }).toBe('same');
  }
}
