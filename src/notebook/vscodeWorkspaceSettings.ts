import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';

const SECTION = 'huntbook';
const LOCAL_WORKSPACES = 'localWorkspaces';
const DEFAULT_WORKSPACE = 'defaultWorkspace';

/** The settings that name workspaces. In a folder that is not trusted, VS Code leaves the folder's own values out. */
export class WorkspaceSettings {
  get folders(): readonly string[] {
    return settingPaths(LOCAL_WORKSPACES);
  }

  get defaultWorkspace(): string {
    return vscode.workspace.getConfiguration(SECTION).get<string>(DEFAULT_WORKSPACE, '');
  }

  /** Adds a folder to the user's settings, so that it is there in every window. */
  async addFolder(folder: string): Promise<void> {
    if (this.folders.includes(path.resolve(folder))) return;
    const configuration = vscode.workspace.getConfiguration(SECTION);
    const own = configuration.inspect<string[]>(LOCAL_WORKSPACES)?.globalValue ?? [];
    await configuration.update(LOCAL_WORKSPACES, [...own, folder], vscode.ConfigurationTarget.Global);
  }

  /** Takes a folder out of whichever settings name it. */
  async removeFolder(folder: string): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(SECTION);
    const inspected = configuration.inspect<string[]>(LOCAL_WORKSPACES);
    const base = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const places = [
      [inspected?.globalValue, vscode.ConfigurationTarget.Global],
      [inspected?.workspaceValue, vscode.ConfigurationTarget.Workspace],
    ] as const;
    for (const [value, target] of places) {
      const kept = value?.filter((text) => absolutePath(text, base) !== folder);
      if (!value || !kept || kept.length === value.length) continue;
      await configuration.update(LOCAL_WORKSPACES, kept.length > 0 ? kept : undefined, target);
    }
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${SECTION}.${LOCAL_WORKSPACES}`) || change.affectsConfiguration(`${SECTION}.${DEFAULT_WORKSPACE}`)) listener();
    });
  }
}

/**
 * Absolute paths of a setting that lists some, each once: the user's and the opened folder's together, for one does not replace the other.
 * A relative path without an opened folder is left out.
 */
export function settingPaths(setting: string): readonly string[] {
  const values = vscode.workspace.getConfiguration(SECTION).inspect<unknown>(setting);
  const ofFolder = vscode.workspace.isTrusted ? [values?.workspaceValue, values?.workspaceFolderValue] : [];
  const texts = [values?.globalValue, ...ofFolder].flatMap(textsOf);
  const base = openedFolder();
  return [...new Set(texts.flatMap((text) => absolutePath(text, base) ?? []))];
}

/** The absolute path of a setting that names one; the opened folder's counts before the user's. */
export function settingPath(setting: string): string | undefined {
  const text = vscode.workspace.getConfiguration(SECTION).get<string>(setting, '');
  return text === '' ? undefined : absolutePath(text, openedFolder());
}

function openedFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file')?.uri.fsPath;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry: unknown): entry is string => typeof entry === 'string' && entry !== '') : [];
}

/** The path that a setting means: absolute, from the home folder (`~/…`), or from the opened folder. */
export function absolutePath(text: string, base: string | undefined): string | undefined {
  if (text === '~') return os.homedir();
  if (/^~[/\\]/.test(text)) return path.resolve(os.homedir(), text.slice(2));
  if (path.isAbsolute(text)) return path.resolve(text);
  return base === undefined ? undefined : path.resolve(base, text);
}
