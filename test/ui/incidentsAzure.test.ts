import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { startEmulator } from '../emulator/emulator';
import { useWorkbench } from './harness';
import { IncidentStory } from './incidentStory';

const emulator = await startEmulator();
const session = useWorkbench({
  emulator: { url: emulator.url, caFile: emulator.caFile, signedIn: false },
  settings: { 'huntbook.defaultTimespan': 'P30D' },
  viewport: { width: 1500, height: 1100 },
});
const soc = emulator.workspace('contoso-soc');
const story = (): IncidentStory => new IncidentStory(session(), 'Password spray against');
const stored = () => [...(soc.sentinel?.incidents.values() ?? [])].find(({ properties }) => String(properties['title']).startsWith('Password spray against'));

beforeEach(() => {
  session().workbench.page.setDefaultTimeout(60_000);
});

afterAll(() => emulator.close());

it('a workspace in Azure is chosen', async () => {
  const { workbench } = session();
  await workbench.showSidebar();
  await workbench.page.locator('.pane-header', { hasText: 'Templates' }).click();
  await workbench.treeItem('Sign in to Azure').click();
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Allow' }).click();
  const status = workbench.page.locator('.statusbar-item', { hasText: 'contoso-soc' });
  // A tree that is being drawn anew loses clicks: they are tried again until the choice shows.
  const isChosen = async (): Promise<boolean> => {
    if (await status.isVisible()) return true;
    const closed = workbench.page.locator('.part.sidebar .monaco-list-row[aria-expanded="false"]').filter({ hasText: /contoso\.com/u }).first();
    if (await closed.isVisible()) await closed.locator('.monaco-tl-twistie').click({ timeout: 2000 }).catch(() => undefined);
    const workspace = workbench.treeItem('contoso-soc');
    if (!(await workspace.isVisible())) return false;
    await workspace.hover({ timeout: 2000 }).catch(() => undefined);
    await workspace.getByRole('button', { name: 'Use This Workspace' }).dispatchEvent('click', {}, { timeout: 2000 }).catch(() => undefined);
    return false;
  };
  await expect.poll(isChosen, { timeout: 90_000, interval: 2000 }).toBe(true);
});

it('a template becomes a notebook whose cells the service answers', async () => {
  const { workbench, folder } = session();
  const { page } = workbench;
  await workbench.runCommand('Huntbook: Create Notebook from Template…');
  await workbench.quickInputRow('First steps').click();
  await workbench.answerQuickInput('');
  await workbench.answerQuickInput('azure-steps');
  await page.locator('.tab', { hasText: 'azure-steps.ipynb' }).waitFor();
  expect(existsSync(path.join(folder, 'azure-steps.ipynb'))).toBe(true);
  await workbench.waitForNotebook();
  await workbench.runAll();
  expect(await page.locator('.cell-statusbar-container .codicon-notebook-state-error').count()).toBe(0);
  await page.locator('.cell-statusbar-container').getByText('contoso-soc').first().waitFor();
  await workbench.save();
  await workbench.runCommand('View: Close All Editors');
  await page.locator('.tab', { hasText: 'azure-steps.ipynb' }).waitFor({ state: 'hidden' });
});

it('an incident is changed, changed back, and commented on from its page', async () => {
  await story().open();
  await story().work();
  expect([...(stored()?.comments.values() ?? [])].map(({ properties }) => properties['message'])).toContain('Looking at **it** now.');
});

it('a hunt from it becomes bookmarks, comments and a verdict in the service', async () => {
  await story().hunt();
  await story().selectCell('//| name: incident_alerts');
  await story().bookmark('Spray seen');
  await story().comment();
  await story().close();
  expect(stored()?.properties).toMatchObject({ status: 'Closed', classification: 'TruePositive', classificationComment: 'Password spray, contained.' });
  await story().look('Spray seen');
});

it('a write that is refused is named with its role, loses nothing, and works when it is tried again', async () => {
  const page = await story().page();
  await session().workbench.page.locator('.tab', { hasText: /^Incident \d+/u }).first().click();
  const error = { code: 'AuthorizationFailed', message: 'The client does not have authorization to perform this action.' };
  emulator.faults.add({ on: 'incidents', method: 'PUT', effect: { kind: 'status', status: 403, body: { error } } });
  await page.getByLabel('Severity').selectOption('Low');
  await page.getByRole('alert').getByText('Sentinel Responder').waitFor();
  expect(await page.getByLabel('Severity').inputValue()).not.toBe('Low');
  await page.getByRole('alert').getByRole('button', { name: 'Try Again' }).click();
  await expect.poll(() => stored()?.properties['severity'], { timeout: 30_000 }).toBe('Low');
});

it('an incident that was deleted meanwhile says so; what was written in its page stays', async () => {
  const page = await story().page();
  await page.getByLabel('New comment').fill('Not sent yet.');
  const name = [...(soc.sentinel?.incidents ?? [])].find(([, incident]) => incident === stored())?.[0];
  if (name !== undefined) soc.sentinel?.incidents.delete(name);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('alert').getByText('is not there any more').waitFor();
  expect(await page.getByLabel('New comment').inputValue()).toBe('Not sent yet.');
});

it('hunting queries run as a set, and are compared with the run before', async () => {
  await story().huntingQueries('Saved from a hunt');
});
