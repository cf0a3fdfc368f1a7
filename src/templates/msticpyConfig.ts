import { isMap, parseDocument, YAMLMap } from 'yaml';
import type { WorkspaceIdentity } from '../common/templateService';

export type MergedConfig =
  | { readonly kind: 'merged'; readonly text: string; readonly isDefault: boolean }
  /** The workspace is in it already. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unreadable'; readonly message: string };

/** Where MSTICPy looks for workspaces; files of later versions have the first. */
const sections = ['MSSentinel', 'AzureSentinel'] as const;

/**
 * Adds a workspace to the text of a `msticpyconfig.yaml`, as its default when it has none. Everything else stays as it is: keys, order,
 * comments, quotes.
 * @see https://msticpy.readthedocs.io/en/latest/getting_started/msticpyconfig.html
 */
export function mergeMsticpyConfig(text: string, workspace: WorkspaceIdentity): MergedConfig {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [problem] = document.errors;
  if (problem) return { kind: 'unreadable', message: `it is not YAML (${problem.message.split('\n')[0]?.replace(/:$/, '') ?? ''}).` };
  if (document.contents !== null && !isMap(document.contents)) return { kind: 'unreadable', message: 'its top level is not a set of keys.' };
  const section = sections.find((name) => document.has(name)) ?? sections[0];
  for (const place of [[section], [section, 'Workspaces']]) {
    const node: unknown = document.getIn(place, true);
    if (isMap(node)) continue;
    if (!isNothing(node)) return { kind: 'unreadable', message: `${place.join('.')} is not a set of keys.` };
    document.setIn(place, new YAMLMap());
  }
  const workspaces = document.getIn([section, 'Workspaces'], true);
  if (!isMap(workspaces)) return { kind: 'unreadable', message: `${section}.Workspaces is not a set of keys.` };
  const id = workspace.workspaceId.toLowerCase();
  const isThere = workspaces.items.some(({ value }) => isMap(value) && String(value.get('WorkspaceId')).toLowerCase() === id);
  if (isThere) return { kind: 'unchanged' };
  const isDefault = !workspaces.has('Default') || isNothing(workspaces.get('Default'));
  const name = isDefault ? 'Default' : freeName(workspaces, workspace.workspaceName);
  workspaces.set(name, document.createNode(entry(workspace)));
  return { kind: 'merged', text: document.toString({ lineWidth: 0 }), isDefault };
}

function entry(workspace: WorkspaceIdentity): Readonly<Record<string, string>> {
  const all = {
    WorkspaceId: workspace.workspaceId,
    TenantId: workspace.tenantId,
    SubscriptionId: workspace.subscriptionId,
    ResourceGroup: workspace.resourceGroup,
    WorkspaceName: workspace.workspaceName,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function freeName(workspaces: YAMLMap, name: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!workspaces.has(candidate)) return candidate;
  }
}

function isNothing(node: unknown): boolean {
  return node === undefined || node === null || (typeof node === 'object' && 'value' in node && node.value === null);
}
