import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { testResults } from '../../scripts/lib/paths.mjs';
import { useWorkbench } from './harness';

const session = useWorkbench();

/** Names in the theme picker, and whether the background is light. */
const themes = [
  ['Dark Modern', false],
  ['Light Modern', true],
  ['Dark High Contrast', false],
] as const;

beforeAll(async () => {
  const { workbench } = session();
  await workbench.showSidebar();
  await workbench.page.locator('.part.sidebar .monaco-list-row[aria-label^="Incident "]').first().waitFor({ timeout: 60_000 });
  await workbench.runCommand('Huntbook: New Hunt Notebook');
  await workbench.waitForNotebook();
  await workbench.runAll();
  await workbench.outputs.getByRole('grid').first().waitFor({ timeout: 60_000 });
});

for (const [theme, light] of themes) {
  it(`${theme}: sidebar, notebook and table have its colours`, async () => {
    const { workbench } = session();
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.answerQuickInput(theme);
    const grid = workbench.outputs.getByRole('grid').first();
    const background = (): Promise<string> =>
      grid.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background'));
    await expect.poll(async () => brightness(await background()) > 127, { timeout: 20_000 }).toBe(light);
    await workbench.screenshot(path.join(testResults, `theme-${theme.replaceAll(' ', '-').toLowerCase()}.png`));
    expect(brightness(await grid.evaluate(paintedBehind)) > 127).toBe(light);
  });
}

/** Runs in the page: the colour that is painted behind an element. */
function paintedBehind(element: Element): string {
  let painted: Element | null = element;
  while (painted && getComputedStyle(painted).backgroundColor === 'rgba(0, 0, 0, 0)') painted = painted.parentElement;
  const theme = getComputedStyle(element).getPropertyValue('--vscode-editor-background');
  return painted ? getComputedStyle(painted).backgroundColor : theme;
}

/** 0 (black) to 255 (white) of `rgb(…)` or `#rrggbb`. */
function brightness(colour: string): number {
  const hex = /#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour);
  const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}
