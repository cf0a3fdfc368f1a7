/** What tests do with a table on the page, and what they see of it. */
import type { Locator, Page } from 'playwright-core';
import type { FromRenderer } from '../../src/common/rendererProtocol';
import type { OutputSpec } from './page/main';

export async function render(page: Page, output: OutputSpec): Promise<void> {
  await page.evaluate((spec) => {
    window.hunt.render(spec);
  }, output);
}

/** A table on the page, by the id of its output. */
export class TableOnPage {
  constructor(
    readonly page: Page,
    readonly id: string,
  ) {}

  get root(): Locator {
    return this.page.locator(`#${this.id}`);
  }

  get grid(): Locator {
    return this.root.locator('.hb-grid');
  }

  get filterBox(): Locator {
    return this.root.getByRole('textbox', { name: /^(Filter rows|Find):/ });
  }

  header(name: string): Locator {
    return this.root.getByRole('columnheader', { name });
  }

  /** A data cell; rows and columns from 0. */
  cell(row: number, column: number): Locator {
    return this.root.locator(`[aria-rowindex="${row + 2}"] [aria-colindex="${column + 2}"]`);
  }

  /** Text of a loaded cell, hidden characters made visible. */
  async text(row: number, column: number): Promise<string> {
    await this.cell(row, column).and(this.page.locator(':not(.hb-loading)')).waitFor();
    return (await this.cell(row, column).textContent()) ?? '';
  }

  /** Row and column of the active cell; row -1 is the header. Undefined when it is not on screen. */
  async active(): Promise<readonly [row: number, column: number] | undefined> {
    return this.grid.evaluate((grid) => {
      const cell = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
      const row = Number(cell?.closest('[role=row]')?.getAttribute('aria-rowindex'));
      return cell ? ([row - 2, Number(cell.getAttribute('aria-colindex')) - 2] as const) : undefined;
    });
  }

  /** Numbers of the data rows in the document, in the document's order. */
  async rowsInDocument(): Promise<readonly number[]> {
    return this.root
      .locator('.hb-row:not([hidden])')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex')) - 2));
  }

  async scrollTo(top: number, left = 0): Promise<void> {
    await this.grid.evaluate(
      (grid, to) => {
        grid.scrollTo(to.left, to.top);
      },
      { top, left },
    );
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async rowCount(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1;
  }
}

/** Renders an output and waits until its first row is on screen. */
export async function showTable(page: Page, output: OutputSpec): Promise<TableOnPage> {
  await render(page, output);
  const table = new TableOnPage(page, output.id);
  await table.grid.waitFor();
  return table;
}

/** Messages of one type that the renderer sent. */
export async function received<T extends FromRenderer['type']>(page: Page, type: T): Promise<readonly Extract<FromRenderer, { type: T }>[]> {
  const all = await page.evaluate(() => window.hunt.received());
  return all.filter((message): message is Extract<FromRenderer, { type: T }> => message.type === type);
}

/** The text of the latest copy. */
export async function copied(page: Page): Promise<string> {
  await page.waitForFunction(() => window.hunt.received().some((message) => message.type === 'copy'));
  return (await received(page, 'copy')).at(-1)?.text ?? '';
}

/** Two frames: whatever the last action asked to be drawn is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}
