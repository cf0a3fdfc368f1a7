import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import { testResults } from '../../scripts/lib/paths.mjs';
import { commit, git, makeRepository } from '../unit/templates/gitServer';
import { useWorkbench } from './harness';

/** What a team keeps: a notebook in Python as the public ones are, and a hunting query in YAML. */
const root = mkdtempSync(path.join(tmpdir(), 'huntbook-team-'));
const repository = path.join(root, 'team-hunts');
const pythonNotebook = (text: string): string =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 2,
    metadata: { kernelspec: { name: 'python38-azureml', display_name: 'Python 3.8 - AzureML', language: 'python' } },
    cells: [
      {
        cell_type: 'markdown',
        metadata: {},
        source: `# Entity Explorer - Account\n<details>\n <summary>&nbsp;<u>Details...</u></summary>\n\n **Notebook Version:** 2.0<br>\n **Python Version:** Python 3.8<br>\n\n **Data Sources Required**:\n - Sentinel - SigninLogs, AuditLogs, AWSCloudTrail\n - (Optional) - VirusTotal\n </details>\n\n${text}\n\nRead [more](https://example.com/more) first, and not [this](command:evil). ![x](https://example.com/x.png)`,
      },
      { cell_type: 'code', metadata: { tags: ['parameters'] }, source: 'ws_name = "Default"\naccount_name = ""', outputs: [], execution_count: null },
      { cell_type: 'code', metadata: {}, source: 'qry.query("SigninLogs\\n| take 10")', outputs: [], execution_count: null },
    ],
  });
const huntingQuery = `name: Sign-ins by country
description: |
  'Where accounts sign in from.'
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - SigninLogs
tactics:
  - InitialAccess
relevantTechniques:
  - T1078
query: |
  SigninLogs
  | where TimeGenerated between (start .. end)
  | summarize Count = count(), TimeGenerated = max(TimeGenerated) by Location, UserPrincipalName
  | top 20 by Count
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: UserPrincipalName
version: 1.0.0
`;
makeRepository(repository, { 'Entity Explorer - Account.ipynb': pythonNotebook('Brings together what an account did.'), 'team-queries/signins.yaml': huntingQuery, 'broken.ipynb': '\n' });

const settings = {
  'huntbook.templates.sources': [{ kind: 'bundled' }, { kind: 'workspaceQueries' }, { kind: 'git', name: 'Team hunts', url: `file://${repository}` }],
  'files.autoSave': 'off',
};
const session = useWorkbench({ settings, viewport: { width: 1400, height: 1000 } });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

afterAll(() => rmSync(root, { recursive: true, force: true }));

afterEach(async () => {
  await session().workbench.runCommand('View: Close All Editors');
});

const page = () => session().workbench.page;
/** The document of the page, or of the outputs, that was opened last. */
const lastDocument = () => page().locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame');
const templatePage = () => lastDocument().locator('#page');
const notification = (text: string | RegExp) => page().locator('.notification-list-item', { hasText: text });
const toggle = (name: string) => session().workbench.treeItem(name).locator('.monaco-tl-twistie').click();

async function showOnlyTemplates(): Promise<void> {
  const { workbench } = session();
  await workbench.showSidebar();
  for (const view of ['Workspaces', 'Incidents', 'Sentinel']) {
    const header = page().locator('.pane-header.expanded', { hasText: view });
    if ((await header.count()) > 0) await header.first().click();
  }
}

it('sources are downloaded when people ask, and list what can and what cannot be read', async () => {
  const { workbench } = session();
  await showOnlyTemplates();
  await workbench.treeItem('First steps').waitFor();
  await workbench.treeItem('Download…').click();
  await notification(/Team hunts: 3 files/).waitFor({ timeout: 60_000 });
  await workbench.treeItem('Entity Explorer - Account').waitFor();
  await workbench.treeItem('broken.ipynb').getByText('cannot be read').waitFor();
  await toggle('team-queries');
  await workbench.treeItem('Sign-ins by country').waitFor();
});

it('a hunting query becomes a notebook whose cells run', async () => {
  const { workbench, folder } = session();
  await workbench.treeItem('Sign-ins by country').click();
  const shown = templatePage();
  await shown.getByRole('heading', { name: 'Sign-ins by country', level: 1 }).waitFor();
  await shown.getByText('SigninLogs').first().waitFor();
  await shown.getByRole('button', { name: 'Create from Template' }).click();
  await workbench.answerQuickInput('');
  await workbench.answerQuickInput('countries');
  await page().locator('.tab', { hasText: 'countries.ipynb' }).waitFor();
  await workbench.waitForNotebook();
  await workbench.runAll();
  expect(await page().locator('.cell-statusbar-container .codicon-notebook-state-error').count()).toBe(0);
  await lastDocument().getByRole('grid').first().waitFor();
  await workbench.save();
  const made = JSON.parse(readFileSync(path.join(folder, 'countries.ipynb'), 'utf8')) as unknown;
  const commitId = git(repository, 'rev-parse', 'HEAD');
  expect(made).toMatchObject({ metadata: { huntbook: { template: { title: 'Sign-ins by country', source: `file://${repository}`, commit: commitId } } } });
});

it('the page of a template says whether its tables have data, shows text as text, and works by keyboard', async () => {
  const { workbench } = session();
  await workbench.treeItem('Entity Explorer - Account').click();
  const shown = templatePage();
  await shown.getByText('Contoso has data in 2 of 3.').waitFor({ timeout: 60_000 });
  await shown.locator('.hb-table-absent, .hb-table-empty', { hasText: 'AWSCloudTrail' }).waitFor();
  await shown.getByText('exists no more', { exact: false }).waitFor();
  expect(await shown.locator('img').count()).toBe(0);
  expect(await shown.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).not.toContain('command:evil');
  await shown.getByRole('button', { name: 'Create from Template' }).focus();
  await page().keyboard.press('Tab');
  await page().keyboard.press('Tab');
  await page().keyboard.press('Enter');
  await shown.getByRole('button', { name: 'Favourite', pressed: true }).waitFor();
  await workbench.treeItem('Favourites').waitFor();
});

it.each(['Light Modern', 'Dark Modern', 'Dark High Contrast'] as const)('the page of a template is readable in %s', async (theme) => {
  const { workbench } = session();
  await workbench.setTheme(theme);
  await workbench.treeItem('Entity Explorer - Account').click();
  const shown = templatePage();
  await shown.getByText('Contoso has data in 2 of 3.').waitFor();
  await shown.getByText('qry.query', { exact: false }).waitFor();
  await workbench.screenshot(path.join(testResults, `template-${theme.replaceAll(' ', '-').toLowerCase()}.png`));
  await shown.evaluate(axe);
  const violations = await shown.evaluate(async (main) => {
    const run = (window as unknown as { readonly axe: { run: (root: Element) => Promise<AxeResults> } }).axe;
    const results = await run.run(main);
    return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
  });
  expect(violations).toEqual([]);
});

it('what changed since a notebook was made is shown beside what it was; the notebook stays as it is', async () => {
  const { workbench, folder } = session();
  const before = readFileSync(path.join(folder, 'countries.ipynb'), 'utf8');
  commit(repository, { 'team-queries/signins.yaml': huntingQuery.replace('top 20', 'top 50'), 'New one.ipynb': pythonNotebook('New.') });
  await workbench.runCommand('Huntbook: Download or Update Templates');
  await notification(/1 templates that you made notebooks from have changed/).getByRole('button', { name: 'Show Changes' }).click();
  await page().locator('.tab', { hasText: 'when countries.ipynb was made' }).waitFor();
  await workbench.treeItem('New one.ipynb').or(workbench.treeItem('new, New one')).first().waitFor();
  expect(readFileSync(path.join(folder, 'countries.ipynb'), 'utf8')).toBe(before);
});

it('a filter and groups by tactic', async () => {
  const { workbench } = session();
  await workbench.runCommand('Huntbook: Filter Templates…');
  await workbench.answerQuickInput('signinlogs T1078');
  await workbench.treeItem('Sign-ins by country').waitFor();
  await workbench.treeItem('broken.ipynb').waitFor({ state: 'detached' });
  await workbench.runCommand('Huntbook: Clear Filter of Templates');
  await workbench.runCommand('Huntbook: Group and Sort Templates…');
  await workbench.quickInputRow('by tactic').click();
  await workbench.treeItem('Initial Access').waitFor();
  expect(existsSync(path.join(session().folder, 'countries.ipynb'))).toBe(true);
});
