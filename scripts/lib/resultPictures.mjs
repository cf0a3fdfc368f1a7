/** The README's pictures of what a result can be looked at as: chart, timeline, process tree, entities, groups. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openProduct } from './openedProduct.mjs';

const themes = /** @type {const} */ ({ light: 'Light Modern', dark: 'Dark Modern', contrast: 'Dark High Contrast' });

const processes = `DeviceProcessEvents
| where DeviceName startswith "app02" and AccountName == "system"
| where FileName !in ("svchost.exe", "MsMpEng.exe", "SearchIndexer.exe")
| project TimeGenerated, DeviceName, AccountName, FileName, ProcessId, ProcessCommandLine,
    InitiatingProcessId, InitiatingProcessFileName, InitiatingProcessCommandLine`;

/** A query each, the tab to open, what is there when it has drawn, and what to choose then. */
const scenes = [
  {
    name: 'chart',
    kql: `SigninLogs
| where TimeGenerated > ago(7d)
| extend Result = iff(ResultType == "0", "success", "failure")
| summarize SignIns = count() by bin(TimeGenerated, 6h), Result
| render timechart with (title = "Sign-ins")`,
    tab: 'Chart',
    drawn: (panel) => panel.locator('svg path').first(),
  },
  {
    name: 'timeline',
    kql: `SecurityAlert
| project TimeGenerated, AlertName, AlertSeverity, ProductName, CompromisedEntity`,
    tab: 'Timeline',
    drawn: (panel) => panel.locator('.hb-tl-mark').first(),
    choose: async (panel, page) => {
      await panel.getByRole('application').focus();
      for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
    },
  },
  {
    name: 'processes',
    kql: processes,
    tab: 'Process tree',
    drawn: (panel) => panel.getByRole('treeitem').first(),
    choose: async (panel) => {
      await panel.getByRole('searchbox').fill('wtsync');
      await panel.getByRole('treeitem').filter({ hasText: 'wtsync' }).first().click();
    },
  },
  {
    name: 'entities',
    kql: `SecurityAlert
| project TimeGenerated, AlertName, Entities`,
    tab: 'Entities',
    drawn: (panel) => panel.getByRole('option').first(),
    choose: (panel) => panel.getByRole('option').nth(1).click(),
  },
];

/**
 * @param {(name: string) => string} fileOf where a picture goes
 * @param {import('./openedProduct.mjs').ProductOptions} options of the window
 * @param {string} filter part of a scene's name, or of "results"
 */
export async function takeResultPictures(fileOf, options, filter) {
  const wanted = scenes.filter(({ name }) => 'results'.includes(filter) || name.includes(filter));
  if (wanted.length === 0) return;
  const product = await openProduct(options);
  const { workbench, folder } = product;
  try {
    workbench.page.setDefaultTimeout(120_000);
    // Before the window is open: it takes a while to find files that come later.
    for (const { name, kql } of wanted) writeFileSync(path.join(folder, `${name}.ipynb`), notebook(kql));
    await workbench.open(product.url);
    for (const { name, tab, drawn, choose } of wanted) {
      await workbench.openFile(`${name}.ipynb`);
      await workbench.waitForNotebook();
      await workbench.runAll();
      await workbench.outputs.getByRole('tab', { name: tab }).first().click();
      const panel = workbench.outputs.getByRole('tabpanel', { name: tab }).first();
      await drawn(panel).waitFor();
      await choose?.(panel, workbench.page);
      for (const [theme, title] of Object.entries(themes)) {
        await workbench.setTheme(title);
        await workbench.screenshot(fileOf(`${name}-${theme}`));
      }
      await workbench.save();
      await workbench.runCommand('View: Close All Editors');
    }
  } finally {
    await product.close();
  }
}

function notebook(source) {
  const cells = [{ cell_type: 'code', id: 'cell-1', execution_count: null, outputs: [], source, metadata: { vscode: { languageId: 'kusto' } } }];
  const metadata = { kernelspec: { name: 'huntbook', display_name: 'Huntbook (KQL)', language: 'kusto' }, language_info: { name: 'kusto' } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}
