import { expect, it } from 'vitest';
import type { FromHuntingRuns, HuntingRunsState, ToHuntingRuns } from '../../src/common/huntingRuns';
import { testResults } from '../../scripts/lib/paths.mjs';
import { violations } from './axe';
import { themes } from './harness';
import { usePage } from './pageHarness';

const open = usePage<ToHuntingRuns, FromHuntingRuns>('src/renderer/pages/hunting.ts');

const at = '2026-11-20T08:00:00Z';
const state: HuntingRunsState = {
  workspaceName: 'contoso-soc',
  timespan: 'P1D',
  isRunning: false,
  runs: [
    { id: 'a', name: 'Rare processes <b>', tactics: ['Execution'], state: 'done', rows: 1234, before: { rows: 1200, at }, elapsedMs: 1240 },
    { id: 'b', name: 'New inbox rules', tactics: ['Collection', 'DefenseEvasion'], state: 'done', rows: 0, before: { rows: 3, at }, elapsedMs: 200 },
    { id: 'c', name: 'Same as ever', tactics: [], state: 'done', rows: 5, before: { rows: 5, at }, elapsedMs: 20 },
    { id: 'd', name: 'Broken', tactics: [], state: 'failed', text: 'Unknown table name "Nowhere".' },
    { id: 'e', name: 'First time', tactics: [], state: 'done', rows: 7 },
  ],
};

it.each(themes)('rows now, rows before and what changed, in %s', async (theme) => {
  const { page, say, said, problems } = await open(theme);
  await say({ type: 'state', state });
  const changes = page.locator('tbody tr td:nth-child(5)');
  await expect.poll(() => changes.allInnerTexts()).toEqual([' +34', ' −3', 'same', '–', '–'].map((text) => expect.stringContaining(text.trim()) as string));
  await page.getByText('5 of 5 run · 3 with rows · 1 with more rows than before').waitFor();
  await page.getByText('Unknown table name "Nowhere".').waitFor();
  await page.getByRole('button', { name: 'Open New inbox rules in a notebook' }).click();
  await page.getByRole('button', { name: 'Run Again' }).click();
  expect((await said()).slice(-2)).toEqual([{ type: 'open', id: 'b' }, { type: 'runAgain' }]);
  await say({ type: 'state', state: { ...state, isRunning: true } });
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Stop');
  expect(await violations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await page.screenshot({ path: `${testResults}/hunting-page-${theme}.png` });
});
