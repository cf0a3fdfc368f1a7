/**
 * A real workbench with the packaged product in it, for the tests of one file:
 *
 *     const session = useWorkbench();
 *     it('opens a hunt', async () => {
 *       const { workbench } = session();
 *       await workbench.openFile('hunt.ipynb');
 *     });
 *
 * A test that fails leaves a picture of the window and the server's log in `test-results/`.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { root, testResults } from '../../scripts/lib/paths.mjs';
import { installProduct } from '../../scripts/lib/product.mjs';
import { installWorkbench, startWorkbench, type Workbench } from '../../scripts/lib/workbench.mjs';
import { WorkbenchPage } from '../../scripts/lib/workbenchPage.mjs';

export interface SessionOptions {
  /** Copied, and the copy opened: the run writes to it. Default: the samples. */
  readonly folder?: string;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Session {
  readonly workbench: WorkbenchPage;
  /** The copy that is open. */
  readonly folder: string;
  /** Where a test may leave pictures and files that are worth keeping. */
  readonly results: string;
  /** The address of the open folder, to load the window again. */
  readonly url: string;
}

/** Starts a workbench before the tests of this file and stops it after them. */
export function useWorkbench(options: SessionOptions = {}): () => Session {
  let session: (Session & { readonly server: Workbench; readonly browser: Browser; readonly home: string }) | undefined;

  const open = async (): Promise<void> => {
    await installWorkbench();
    const extensionsDir = await installProduct();
    const home = mkdtempSync(path.join(tmpdir(), 'huntbook-ui-'));
    const folder = path.join(home, 'hunts');
    const source = options.folder ?? path.join(root, 'samples');
    if (existsSync(source)) cpSync(source, folder, { recursive: true });
    else mkdirSync(folder);
    const server = await startWorkbench({
      dataDir: path.join(home, 'data'),
      extensionsDir,
      logFile: path.join(home, 'server.log'),
      settings: options.settings,
    });
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    const workbench = new WorkbenchPage(page);
    const url = server.url(folder);
    session = { workbench, folder, results: testResults, url, server, browser, home };
    await workbench.open(url);
  };

  beforeAll(async () => {
    try {
      await open();
    } catch (error) {
      await keepEvidence('start');
      throw error;
    }
  });

  afterAll(async () => {
    await session?.browser.close();
    await session?.server.stop();
    if (session) rmSync(session.home, { recursive: true, force: true, maxRetries: 5 });
  });

  beforeEach((context) => {
    context.onTestFailed(() => keepEvidence(context.task.name));
  });

  const keepEvidence = async (test: string): Promise<void> => {
    if (!session) return;
    const name = test.replaceAll(/\W+/g, '-');
    await session.workbench.screenshot(path.join(testResults, `ui-${name}.png`));
    cpSync(session.server.logFile, path.join(testResults, `ui-${name}.log`));
  };

  return () => {
    if (!session) throw new Error('The workbench is there inside tests alone.');
    return session;
  };
}
