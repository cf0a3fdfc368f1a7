/**
 * A page of the product (a webview in an editor tab) in a browser, under the policy that it has there, with a host that keeps what the page
 * says and says what a test wants.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import type { Theme } from './rendererHarness';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";
const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="stylesheet" href="/themes.css"></head>
<body><main id="page"></main><script src="/host.js"></script><script type="module" src="/page.js"></script></body></html>`;
const host = 'window.said = []; window.acquireVsCodeApi = () => ({ postMessage: (message) => window.said.push(structuredClone(message)) });';

export interface OpenedPage<ToPage, FromPage> {
  readonly page: Page;
  /** Errors of the page, and what its policy refused. */
  readonly problems: readonly string[];
  /** What the host says. */
  say(message: ToPage): Promise<void>;
  /** What the page said so far. */
  said(): Promise<readonly FromPage[]>;
}

/** A harness for the tests of one file. @param entry Of the page's bundle: `src/renderer/pages/incident.ts`. */
export function usePage<ToPage, FromPage>(entry: string): (theme?: Theme, width?: number) => Promise<OpenedPage<ToPage, FromPage>> {
  let server: Server | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    const bundled = await build({
      entryPoints: [path.join(root, entry)],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      loader: { '.css': 'text' },
    });
    const files = new Map([
      ['/', ['text/html', html]],
      ['/host.js', ['text/javascript', host]],
      ['/themes.css', ['text/css', readFileSync(path.join(root, 'test/renderer/page/themes.css'), 'utf8')]],
      ['/page.js', ['text/javascript', bundled.outputFiles[0]?.text ?? '']],
    ]);
    server = createServer((request, response) => {
      const [type = 'text/plain', text = ''] = files.get(request.url ?? '/') ?? [];
      response.writeHead(text === '' ? 404 : 200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy });
      response.end(text);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server?.close(resolve));
  });
  return async (theme = 'vscode-dark', width = 1180) => {
    if (!browser || !server) throw new Error('The page is there inside tests alone.');
    const page = await browser.newPage({ viewport: { width, height: 1000 }, timezoneId: 'Europe/Oslo', locale: 'en-GB' });
    page.setDefaultTimeout(10_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) problems.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.evaluate((name) => {
      document.body.className = name;
    }, theme);
    return {
      page,
      problems,
      say: (message) => page.evaluate((data) => window.postMessage(data), message),
      said: () => page.evaluate(() => (window as unknown as { said: readonly FromPage[] }).said),
    };
  };
}
