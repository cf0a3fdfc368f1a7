import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { toHuntError } from '../common/errors';
import type { WorkspaceIdentity } from '../common/templateService';
import { isObject, type JsonObject, textAt, textsAt } from './notebookJson';
import { mergeMsticpyConfig } from './msticpyConfig';

/** Fields of `config.json` as Sentinel's portal writes them, by the placeholders of the public repository's file. */
function portalFields(workspace: WorkspaceIdentity): Readonly<Record<string, string>> {
  return {
    tenant_id: workspace.tenantId,
    subscription_id: workspace.subscriptionId,
    resource_group: workspace.resourceGroup,
    workspace_id: workspace.workspaceId,
    workspace_name: workspace.workspaceName,
  };
}

/** Replaces `{{cookiecutter.workspace_id}}` and its like in a cell's text; what has no value stays. */
export function fillPlaceholders(cell: object, workspace: WorkspaceIdentity): object {
  if (!isObject(cell) || !Array.isArray(cell['source'])) return cell;
  const fields = portalFields(workspace);
  const fill = (line: string): string => line.replace(placeholder, (all, name: string) => fields[name] || all);
  return { ...cell, source: textsAt(cell, 'source').map(fill) };
}

const placeholder = /\{\{\s*cookiecutter\.(\w+)\s*\}\}/g;

/**
 * Writes what Sentinel's notebooks read from their folder: `config.json`, as the portal makes it, and `msticpyconfig.yaml`. What people
 * have in these files stays, comments included; a file that cannot be read is left alone.
 * @returns What was done, for people.
 * @throws HuntError `storage`
 */
export async function writeConfiguration(folder: string, workspace: WorkspaceIdentity): Promise<readonly string[]> {
  return [await writeConfigJson(folder, workspace), await writeMsticpyConfig(folder, workspace)].filter((note) => note !== undefined);
}

async function writeConfigJson(folder: string, workspace: WorkspaceIdentity): Promise<string | undefined> {
  const file = path.join(folder, 'config.json');
  const before = await readText(file);
  let kept: JsonObject = {};
  if (before !== undefined) {
    const read = parsed(before);
    if (!read) return `${file} is no JSON object and was left as it is: the notebook may not find the workspace ${workspace.workspaceName}.`;
    kept = read;
  }
  const other = textAt(kept, 'workspace_id');
  if (other !== '' && !isPlaceholder(other)) {
    if (other.toLowerCase() === workspace.workspaceId.toLowerCase()) return undefined;
    return `${file} names another workspace (${textAt(kept, 'workspace_name') || other}) and was left as it is.`;
  }
  const filled = Object.entries(portalFields(workspace)).filter(([name]) => textAt(kept, name) === '' || isPlaceholder(textAt(kept, name)));
  await writeWhole(file, `${JSON.stringify({ ...kept, ...Object.fromEntries(filled) }, undefined, 2)}\n`);
  return `config.json names the workspace ${workspace.workspaceName}.`;
}

async function writeMsticpyConfig(folder: string, workspace: WorkspaceIdentity): Promise<string | undefined> {
  const file = path.join(folder, 'msticpyconfig.yaml');
  const before = await readText(file);
  const merged = mergeMsticpyConfig(before ?? '', workspace);
  if (merged.kind === 'unreadable') return `${file} was left as it is: ${merged.message}`;
  if (merged.kind === 'unchanged') return undefined;
  await writeWhole(file, merged.text);
  return `msticpyconfig.yaml has the workspace ${workspace.workspaceName}${merged.isDefault ? ' as its default' : ''}.`;
}

function isPlaceholder(text: string): boolean {
  return /\{\{.*\}\}/.test(text);
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const error = toHuntError(thrown);
    if (error.data.kind === 'storage' && error.data.reason === 'missing') return undefined;
    throw error;
  }
}

/** Whole or not at all: a full disk costs nothing that was there. */
async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (thrown) {
    throw toHuntError(thrown);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
