import path from 'node:path';
import { expect, it } from 'vitest';
import { testResults } from '../../scripts/lib/paths.mjs';
import { useWorkbench } from './harness';

const session = useWorkbench();

/** Names in the theme picker, and whether the background is light. */
const themes = [
  ['Dark Modern', false],
  ['Light Modern', true],
  ['Dark High Contrast', false],
] as const;

for (const [theme, light] of themes) {
  it(`${theme}: sidebar, notebook and table have its colours`, async () => {
    const { workbench } = session();
    const { page } = workbench;
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.answerQuickInput(theme);
    if ((await page.locator('.notebook-editor').count()) === 0) {
      await workbench.showSidebar();
      await workbench.runCommand('Huntbook: New Hunt Notebook');
      await workbench.waitForNotebook();
      await workbench.runAll();
    }
    const grid = workbench.outputs.getByRole('grid').first();
    await grid.waitFor();
    await workbench.screenshot(path.join(testResults, `theme-${theme.replaceAll(' ', '-').toLowerCase()}.png`));
    const colour = await grid.evaluate((element) => {
      let painted: Element | null = element;
      while (painted && getComputedStyle(painted).backgroundColor === 'rgba(0, 0, 0, 0)') painted = painted.parentElement;
      return painted ? getComputedStyle(painted).backgroundColor : getComputedStyle(element).getPropertyValue('--vscode-editor-background');
    });
    expect(brightness(colour) > 127).toBe(light);
  });
}

/** 0 (black) to 255 (white) of `rgb(…)` or `#rrggbb`. */
function brightness(colour: string): number {
  const hex = /#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour);
  const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  return parts.reduce((sum, part) => sum + part, 0) / 3;
}
