import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { TemplateWorkerOptions } from './templateWorkerHost';

/** How the template worker is started from this window; what it downloads is shared by all windows. */
export function templateWorkerOptions(context: vscode.ExtensionContext): TemplateWorkerOptions {
  return {
    modulePath: context.asAbsolutePath('dist/templateWorker.js'),
    storage: path.join(context.globalStorageUri.fsPath, 'templates'),
  };
}
