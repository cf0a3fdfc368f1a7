/**
 * `npm run screenshots [-- part of a name]`: makes the README's pictures in `media/` from the real product, opened with the samples.
 */
import path from 'node:path';
import { installDependencies } from './lib/install.mjs';
import { root, testResults } from './lib/paths.mjs';

await installDependencies();
const { openProduct } = await import('./lib/openedProduct.mjs');

const filter = process.argv.slice(2).join(' ');
const light = 'Light Modern';
const dark = 'Dark Modern';
const contrast = 'Dark High Contrast';
const spray = 'password-spray.ipynb';

/** @typedef {Parameters<typeof workbench.setTheme>[0]} Theme */

/** Each scene, in the order they are taken: its pictures, and how to get there from a window with the sidebar and no editor open. */
const pictures = [
  { name: 'running', themes: { running: dark }, take: catchRunningCell },
  { name: 'sidebar', themes: { sidebar: light }, take: showSidebar },
  { name: 'template', themes: { template: light }, take: createFromTemplate },
  { name: 'template-page', themes: { 'template-page-light': light, 'template-page-dark': dark }, take: openTemplate },
  { name: 'table', themes: { 'table-light': light, 'table-dark': dark, 'table-contrast': contrast }, take: showTable },
  {
    name: 'incident-page',
    themes: { 'incident-page-light': light, 'incident-page-dark': dark, 'incident-page-contrast': contrast },
    take: openIncident,
  },
  // The last one: its notebook has no file, which closing would ask for.
  { name: 'incident', themes: { incident: dark }, take: huntFromIncident },
].filter(({ name }) => name.includes(filter));

const look = { viewport: { width: 1440, height: 900 }, settings: { 'notebook.markup.fontSize': 13, 'window.commandCenter': false } };
if ('azure'.includes(filter)) {
  const { takeAzurePictures } = await import('./lib/azurePictures.mjs');
  await takeAzurePictures((name) => path.join(root, 'media', `${name}.png`), look);
  if (pictures.length === 0) process.exit(0);
}

if ('language'.includes(filter)) {
  const { takeLanguagePictures } = await import('./lib/languagePictures.mjs');
  await takeLanguagePictures((name) => path.join(root, 'media', `${name}.png`), look);
  if (pictures.length === 0) process.exit(0);
}

const { takeResultPictures } = await import('./lib/resultPictures.mjs');
await takeResultPictures((name) => path.join(root, 'media', `${name}.png`), look, filter);
if (pictures.length === 0) process.exit(0);

const product = await openProduct(look);
const { workbench } = product;
// A first look generates the sample workspace.
workbench.page.setDefaultTimeout(120_000);
try {
  await workbench.open(product.url);
  await workbench.showSidebar();
  await widenSidebar();
  for (const [index, { themes, take }] of pictures.entries()) {
    if (index > 0) await closeEditors();
    for (const [nth, [name, theme]] of Object.entries(themes).entries()) {
      await workbench.setTheme(/** @type {Theme} */ (theme));
      if (nth === 0) await take();
      const file = path.join(root, 'media', `${name}.png`);
      await workbench.screenshot(file);
      process.stdout.write(`${path.relative(root, file)}\n`);
    }
  }
} catch (error) {
  await workbench.screenshot(path.join(testResults, 'screenshots.png'));
  throw error;
} finally {
  await product.close();
}

async function widenSidebar() {
  const sidebar = await workbench.page.locator('.part.sidebar').boundingBox();
  const edge = sidebar.x + sidebar.width;
  await workbench.page.mouse.move(edge, 450);
  await workbench.page.mouse.down();
  await workbench.page.mouse.move(edge + 100, 450, { steps: 5 });
  await workbench.page.mouse.up();
}

async function closeEditors() {
  await workbench.page.keyboard.press('Escape');
  const tabs = workbench.page.locator('.editor-group-container .tab');
  if ((await tabs.count()) === 0) return;
  await workbench.save();
  await workbench.runCommand('View: Close All Editors');
  await tabs.first().waitFor({ state: 'hidden' });
}

async function showSidebar() {
  await workbench.openFile('first-steps.ipynb');
  await workbench.waitForNotebook();
  await workbench.runAll();
  await workbench.treeItem('Contoso').locator('.monaco-tl-twistie').click();
  await workbench.treeItem('SigninLogs').waitFor();
  await workbench.page.locator('.notebook-editor .code-cell-row').first().click();
}

async function createFromTemplate() {
  await workbench.runCommand('Huntbook: Create Notebook from Template…');
  await workbench.quickInputRow('Password spray').hover();
}

async function openTemplate() {
  await workbench.treeItem('Password spray that worked').click();
  const page = workbench.page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame').locator('#page');
  await page.getByText('Contoso has data in all of them.').waitFor();
  await page.getByText('Parameters').first().waitFor();
}

async function catchRunningCell() {
  await workbench.openFile(spray);
  await workbench.waitForNotebook();
  await workbench.startAll();
  await workbench.page.locator('.notebook-editor .codicon-notebook-state-executing').first().waitFor();
}

async function showTable() {
  await workbench.openFile('first-steps.ipynb');
  await workbench.waitForNotebook();
  await workbench.runAll();
  await scrollTo(workbench.outputs.locator('[role="grid"]').filter({ hasText: 'IPAddress' }).filter({ hasText: 'Location' }).first());
}

async function huntFromIncident() {
  await workbench.treeItem('Password spray against').waitFor();
  await workbench.runCommand('Huntbook: Hunt from Incident');
  await workbench.quickInputRow('Password spray against').click();
  await workbench.waitForNotebook();
  await workbench.runAll();
  await scrollTo(workbench.outputs.locator('[role="grid"]').first());
}

async function openIncident() {
  await workbench.treeItem('Password spray against').click();
  const page = workbench.page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame');
  await page.getByRole('heading', { name: 'Password spray against' }).waitFor();
  await page.locator('#hb-evidence details').first().waitFor();
  await page.locator('#hb-similar li').first().waitFor();
}

/** Turns the wheel over the notebook until the place is in the middle of the window. */
async function scrollTo(place) {
  const { height } = workbench.page.viewportSize();
  const notebook = await workbench.page.locator('.notebookOverlay.notebook-editor').boundingBox();
  // At its edge, where no table takes the wheel; a notebook that was open before begins where it was left.
  await workbench.page.mouse.move(notebook.x + 8, height / 2);
  await workbench.page.mouse.wheel(0, -100_000);
  for (let turn = 0; turn < 120; turn++) {
    const box = await place.boundingBox({ timeout: 300 }).catch(() => null);
    if (box && box.y > 0 && box.y + Math.min(box.height, height / 2) < height - 60) return;
    await workbench.page.mouse.wheel(0, 80);
    await workbench.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
  throw new Error('the place did not come into view');
}
