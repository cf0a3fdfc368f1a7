import * as assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { huntbook } from './huntNotebook';

interface Contribution {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly Contribution[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[];
    readonly snippets: readonly { readonly path: string }[];
  };
}

suite('manifest', () => {
  const extension = vscode.extensions.getExtension('huntbook.huntbook');
  assert.ok(extension);
  const { contributes } = extension.packageJSON as Manifest;

  test('every command has a title, the category and an icon', () => {
    for (const { command, title, category, icon } of contributes.commands) {
      assert.match(title, /^[A-Z][^%]+$/, command);
      assert.equal(category, 'Huntbook', command);
      assert.match(icon ?? '', /^\$\([a-z-]+\)$/, command);
    }
  });

  test('every command is registered, and nothing else under our name', async () => {
    await huntbook();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => /^huntbook\.\w+$/.test(id));
    assert.deepEqual(registered.sort(), contributes.commands.map(({ command }) => command).sort());
  });

  test('menus name commands that exist', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const named = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(named.filter((command) => !known.has(command)), []);
  });

  test('every text of the manifest is translated', () => {
    const raw = readFileSync(path.join(extension.extensionPath, 'package.json'), 'utf8');
    const texts = JSON.parse(readFileSync(path.join(extension.extensionPath, 'package.nls.json'), 'utf8')) as Record<string, string>;
    const keys = [...raw.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(texts).sort());
  });

  test('the walkthrough has six steps with their pages', () => {
    const steps = contributes.walkthroughs[0]?.steps ?? [];
    assert.equal(steps.length, 6);
    for (const { media } of steps) assert.ok(existsSync(path.join(extension.extensionPath, media.markdown)), media.markdown);
  });

  test('there are snippets for hunting', () => {
    const file = path.join(extension.extensionPath, contributes.snippets[0]?.path ?? '');
    assert.ok(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object).length >= 15);
  });
});
