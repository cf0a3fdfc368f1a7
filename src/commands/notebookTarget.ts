import * as os from 'node:os';
import * as vscode from 'vscode';
import { HuntError, toHuntError } from '../common/errors';
import { defaultName, nameProblem } from '../templates/notebookName';

/** Where a new notebook goes. What is missing is asked for. */
export interface GivenTarget {
  readonly folder?: string | undefined;
  readonly name?: string | undefined;
  readonly overwrite?: boolean | undefined;
}

export interface NotebookTarget {
  readonly folder: string;
  readonly name: string;
  readonly overwrite: boolean;
}

/**
 * Asks for the folder and the name that were not given, and makes the notebook. When a file of that name exists, asks whether to
 * overwrite it or to take another name; with a name that was given, the error is passed on.
 * @param make Writes the notebook. @returns the file, or undefined when people changed their mind.
 */
export async function makeNotebook(
  given: GivenTarget,
  suggestedName: string,
  make: (target: NotebookTarget) => Promise<string>,
): Promise<vscode.Uri | undefined> {
  const folder = given.folder ?? (await askFolder());
  if (folder === undefined) return undefined;
  let overwrite = given.overwrite ?? false;
  let name = given.name ?? (await askName(folder, await defaultName(folder, suggestedName)));
  while (name !== undefined) {
    try {
      return vscode.Uri.file(await make({ folder, name, overwrite }));
    } catch (thrown) {
      const error = toHuntError(thrown);
      if (error.data.kind !== 'exists' || given.name !== undefined) throw error;
      const choice = await askOverwrite(name);
      if (choice === 'overwrite') overwrite = true;
      else if (choice === 'rename') name = await askName(folder, await defaultName(folder, suggestedName));
      else return undefined;
    }
  }
  return undefined;
}

async function askFolder(): Promise<string | undefined> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  if (folders.length === 0) return browse();
  const other = { label: vscode.l10n.t('Another folder…'), iconPath: new vscode.ThemeIcon('folder-opened'), folder: undefined };
  const iconPath = vscode.ThemeIcon.Folder;
  const items = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, iconPath, folder: uri.fsPath }));
  const picked = await vscode.window.showQuickPick([...items, other], { title: vscode.l10n.t('Folder of the new notebook') });
  return picked === other ? browse() : picked?.folder;
}

async function browse(): Promise<string | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.file(os.homedir()),
      openLabel: vscode.l10n.t('Create Notebook Here'),
      title: vscode.l10n.t('Folder of the new notebook'),
    })) ?? [];
  if (picked && picked.scheme !== 'file') throw new HuntError({ kind: 'notFound', what: 'folder on this machine', name: picked.toString() });
  return picked?.fsPath;
}

async function askName(folder: string, value: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Name of the new notebook'),
    prompt: folder,
    value,
    validateInput: (name) => {
      const problem = nameProblem(name);
      return problem === undefined ? undefined : vscode.l10n.t('This cannot be the name: {0}', problem);
    },
  });
}

async function askOverwrite(name: string): Promise<'overwrite' | 'rename' | undefined> {
  const overwrite = vscode.l10n.t('Overwrite');
  const rename = vscode.l10n.t('Another Name…');
  const detail = vscode.l10n.t('Overwriting loses what is in the file.');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('{0} exists already.', name), { modal: true, detail }, overwrite, rename);
  return answer === overwrite ? 'overwrite' : answer === rename ? 'rename' : undefined;
}
