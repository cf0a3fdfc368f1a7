import * as vscode from 'vscode';
import { report } from './report';

/** Loading and activating the extension, beside one of VS Code's own that nothing has woken yet. */
export async function run(): Promise<void> {
  report({ baseline: await activation('vscode.merge-conflict'), value: await activation('huntbook.huntbook') });
}

async function activation(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not there`);
  if (extension.isActive) throw new Error(`${id} was active before anything needed it`);
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}
