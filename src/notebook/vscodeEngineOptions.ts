import * as vscode from 'vscode';
import type { EngineHostOptions } from './engineHost';
import { settingPath, settingPaths } from './vscodeWorkspaceSettings';

/** How the engine process is started from this window. The settings are read at each start. */
export function engineOptions(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): EngineHostOptions {
  return {
    modulePath: context.asAbsolutePath('dist/engineProcess.js'),
    engine: {
      storagePath: context.globalStorageUri.fsPath,
      get allowedFiles(): readonly string[] {
        return settingPaths('engine.allowedFiles');
      },
      get geoIpDatabase(): string | undefined {
        return settingPath('engine.geoIpDatabase');
      },
      get memoryLimitMiB(): number {
        return vscode.workspace.getConfiguration('huntbook').get<number>('engine.memoryLimit', 2048);
      },
    },
    log: (line) => log.info(line),
  };
}
