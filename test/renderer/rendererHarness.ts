/**
 * A page with the renderer in it, as the notebook's webview has it, and a host that answers its messages. The page's policy
 * allows scripts and styles of this server alone, so that code or styles from strings fail.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { root } from '../../scripts/lib/paths.mjs';

export type Theme = 'vscode-dark' | 'vscode-light' | 'vscode-high-contrast';
export const themes: readonly Theme[] = ['vscode-dark', 'vscode-light', 'vscode-high-contrast'];

export interface OpenOptions {
  readonly theme?: Theme;
  /** False: the renderer runs where no extension answers. */
  readonly messaging?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

const folder = path.join(root, 'test/renderer/page');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:";

export async function bundleRenderer(): Promise<string> {
  return bundle(path.join(root, 'src/renderer/result/index.ts'), { minify: true });
}

/** Bundles that are loaded late. */
const lateBundles = { tableTools: 'table/tools', chart: 'chart', processes: 'investigation/processes', timeline: 'investigation/timeline', entities: 'investigation/entities' };

async function bundleLate(): Promise<[string, { type: string; text: string }][]> {
  return Promise.all(
    Object.entries(lateBundles).map(async ([name, source]) => {
      const text = await bundle(path.join(root, `src/renderer/${source}/index.ts`), { minify: true });
      return [`/renderer/${name}.js`, { type: 'text/javascript', text }];
    }),
  );
}

/** One server and one browser for many pages. */
export class RendererHarness {
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  static async start(): Promise<RendererHarness> {
    const [table, late, main, browser] = await Promise.all([
      bundleRenderer(),
      bundleLate(),
      bundle(path.join(folder, 'main.ts'), {}),
      launchBrowser(),
    ]);
    const files = new Map([
      ['/', { type: 'text/html', text: readFileSync(path.join(folder, 'index.html'), 'utf8') }],
      ['/themes.css', { type: 'text/css', text: readFileSync(path.join(folder, 'themes.css'), 'utf8') }],
      ['/main.js', { type: 'text/javascript', text: main }],
      ['/planted.js', { type: 'text/javascript', text: 'window.pwned = true;' }],
      ['/renderer/table.js', { type: 'text/javascript', text: table }],
      ...late,
    ]);
    const server = createServer((request, response) => {
      const file = files.get((request.url ?? '/').split('?')[0] ?? '/');
      response.writeHead(file ? 200 : 404, { 'content-type': `${file?.type ?? 'text/plain'}; charset=utf-8`, 'content-security-policy': policy });
      response.end(file?.text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RendererHarness(server, browser);
  }

  /** A fresh page; its errors and refused loads are kept in `problems`. */
  async open(options: OpenOptions = {}): Promise<RendererPage> {
    const page = await this.#browser.newPage({ viewport: options.viewport ?? { width: 1000, height: 700 }, timezoneId: 'Europe/Oslo' });
    page.setDefaultTimeout(10_000);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      const isIcon = message.location().url.endsWith('/favicon.ico');
      if (message.type() === 'error' && !isIcon) problems.push(message.text());
    });
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/${options.messaging === false ? '?messaging=none' : ''}`);
    await page.waitForSelector('body[data-ready]');
    await page.evaluate((theme) => {
      document.body.className = theme;
    }, options.theme ?? 'vscode-dark');
    return { page, problems };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export interface RendererPage {
  readonly page: Page;
  readonly problems: readonly string[];
}

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    loader: { '.css': 'text' },
  });
  return outputFiles[0]!.text;
}
