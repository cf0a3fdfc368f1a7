import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** The notebook toolbar's button while cells run. */
const STOP = /^(Interrupt|Stop Execution)/;

/** A workbench in a browser's page, and what a person does there. */
export class WorkbenchPage {
  #page;
  #messages = [];
  #waits = 0;

  constructor(page) {
    this.#page = page;
    page.on('console', (message) => {
      // The workbench itself complains about much that is missing here and does no harm.
      if (message.type() === 'error' && /huntbook/i.test(message.text())) this.#messages.push(message.text());
    });
  }

  /** Playwright's page, for what has no name here. */
  get page() {
    return this.#page;
  }

  /** Errors in the browser's console that name the product. */
  get messages() {
    return this.#messages;
  }

  /** Opens the address and waits until the product's icon stands in the activity bar: from then on notebooks open as notebooks. */
  async open(url) {
    await this.#page.goto(url);
    await this.icon.waitFor({ timeout: 60_000 });
  }

  /** The product's icon in the activity bar. */
  get icon() {
    return this.#page.locator('.activitybar .action-item a[aria-label^="Huntbook"]').first();
  }

  /** Shows the product's sidebar. */
  async showSidebar() {
    const sidebar = this.#page.locator('.part.sidebar .composite.title', { hasText: 'Huntbook' });
    if (!(await sidebar.isVisible())) await this.icon.click();
    await sidebar.waitFor();
  }

  /** A row of a tree in the sidebar by the text that it begins with. */
  treeItem(name) {
    return this.#page.locator('.part.sidebar .monaco-list-row[role="treeitem"]').filter({ hasText: name }).first();
  }

  /** Runs a command by its title in the command palette, as in `Notebook: Run All`. */
  async runCommand(title) {
    await this.#openPalette();
    await this.#quickInput(`>${title}`, title);
  }

  /** A key that is pressed while the focus goes into or out of a webview is lost: then it is pressed again. */
  async #openPalette() {
    const box = this.#page.locator('.quick-input-widget:visible');
    for (let tries = 1; tries <= 4; tries++) {
      await this.#page.keyboard.press('F1');
      const isOpen = await box.waitFor({ timeout: 5000 }).then(() => true, () => false);
      if (isOpen) return;
    }
    throw new Error('F1 does not open the command palette');
  }

  /** Chooses a colour theme by its name, as in `Light Modern`, and waits until the workbench wears it. */
  async setTheme(name) {
    const kind = { 'Light Modern': 'vs', 'Dark Modern': 'vs-dark', 'Dark High Contrast': 'hc-black', 'Light High Contrast': 'hc-light' }[name];
    await this.runCommand('Preferences: Color Theme');
    await this.#page.locator('.quick-input-widget:visible').getByPlaceholder('Select Color Theme').waitFor();
    await this.#quickInput(name, name);
    await this.#page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** Opens a file of the folder by its name, and waits for its editor's tab. */
  async openFile(name) {
    await this.#page.keyboard.press('ControlOrMeta+P');
    await this.#quickInput(name, path.posix.basename(name));
    await this.#page.locator('.tab', { hasText: path.posix.basename(name) }).first().waitFor();
  }

  /** Types into the quick input box and takes the row that is called `row`. */
  async #quickInput(text, row) {
    const box = this.#page.locator('.quick-input-widget:visible');
    await box.locator('input[type="text"]').fill(text);
    const label = this.#page.locator('.label-name').getByText(row, { exact: true });
    await box.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first().click();
  }

  /** The first row of the quick input box that has the text. */
  quickInputRow(text) {
    return this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  /** Types a text where the quick input box asks for one. */
  async answerQuickInput(text) {
    const input = this.#page.locator('.quick-input-widget:visible input[type="text"]');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Waits for a notebook's editor with its cells, with a kernel chosen. */
  async waitForNotebook() {
    // The row of a text cell counts as hidden: what it shows is in the outputs' document.
    await this.#page.locator('.notebook-editor .cell-list-container .monaco-list-row').first().waitFor({ state: 'attached' });
    // Editors of notebooks that are behind stay in the document, hidden.
    await this.#page.locator('.notebook-toolbar-container .kernel-label:visible', { hasText: 'Huntbook' }).first().waitFor();
  }

  /** Runs a cell by its button; `index` counts the code cells that are in view. */
  async runCell(index) {
    const cell = this.#page.locator('.notebook-editor .code-cell-row').nth(index);
    await cell.hover();
    await cell.locator('.run-button-container .codicon-notebook-execute').first().click();
  }

  /** Asks for every cell of the notebook in front to be run. */
  async startAll() {
    await this.runCommand('Notebook: Run All');
  }

  /** Runs every cell of the notebook in front and waits until none runs or waits to. */
  async runAll({ timeout = 120_000 } = {}) {
    await this.startAll();
    const states = this.#page.locator('.notebook-editor [class*="codicon-notebook-state-"]');
    await states.or(this.#page.getByRole('button', { name: STOP })).first().waitFor({ timeout });
    await this.waitUntilIdle({ timeout });
  }

  /**
   * Waits until no cell of the notebook in front runs or waits to. The toolbar follows what happens a little later, so it must stay
   * so for half a second.
   */
  async waitUntilIdle({ timeout = 120_000 } = {}) {
    await this.#page.waitForFunction(
      ([stop, wait]) => {
        const buttons = [...document.querySelectorAll('.notebook-toolbar-container [role="button"]')];
        const isBusy =
          buttons.some((button) => new RegExp(stop).test(button.getAttribute('aria-label') ?? button.textContent ?? '')) ||
          document.querySelector('.notebook-editor .codicon-notebook-state-pending') !== null;
        const now = performance.now();
        const quiet = /** @type {any} */ (window);
        if (isBusy || quiet.huntbookCalm?.wait !== wait) quiet.huntbookCalm = { wait, since: now };
        return now - quiet.huntbookCalm.since > 500;
      },
      /** @type {const} */ ([STOP.source, this.#waits++]),
      { polling: 100, timeout },
    );
  }

  /** Saves the editor in front and waits until it is. */
  async save() {
    await this.#page.keyboard.press('ControlOrMeta+S');
    await this.#page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
  }

  /** The document in which a notebook's outputs are. */
  get outputs() {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** A picture of the whole window; makes the folder. */
  async screenshot(file) {
    mkdirSync(path.dirname(file), { recursive: true });
    // Menus fade in: a picture shows them as they end.
    await this.#page.screenshot({ path: file, animations: 'disabled' });
  }
}
