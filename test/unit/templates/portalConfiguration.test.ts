import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { WorkspaceIdentity } from '../../../src/common/templateService';
import { mergeMsticpyConfig } from '../../../src/templates/msticpyConfig';
import { fillPlaceholders, writeConfiguration } from '../../../src/templates/portalConfiguration';

const workspace: WorkspaceIdentity = {
  tenantId: 'tenant-1',
  subscriptionId: 'sub-1',
  resourceGroup: 'rg-soc',
  workspaceId: 'AAAA-1',
  workspaceName: 'contoso',
};

describe('mergeMsticpyConfig', () => {
  const merged = (text: string): string => {
    const result = mergeMsticpyConfig(text, workspace);
    if (result.kind !== 'merged') throw new Error(JSON.stringify(result));
    return result.text;
  };
  const entry = { WorkspaceId: 'AAAA-1', TenantId: 'tenant-1', SubscriptionId: 'sub-1', ResourceGroup: 'rg-soc', WorkspaceName: 'contoso' };

  it.each([
    ['nothing', '', { MSSentinel: { Workspaces: { Default: entry } } }],
    ['comments alone', '# mine\n', { MSSentinel: { Workspaces: { Default: entry } } }],
    ['a section without anything', 'AzureSentinel:\n', { AzureSentinel: { Workspaces: { Default: entry } } }],
    ['the public file', 'QueryDefinitions:\nAzureSentinel:\n  Workspaces:\n    # Default:\n    #   WorkspaceId: x\nTIProviders:\n', {
      QueryDefinitions: null,
      AzureSentinel: { Workspaces: { Default: entry } },
      TIProviders: null,
    }],
    ['another default', 'AzureSentinel:\n  Workspaces:\n    Default: {WorkspaceId: other}\n', {
      AzureSentinel: { Workspaces: { Default: { WorkspaceId: 'other' }, contoso: entry } },
    }],
    ['a workspace of the same name', 'MSSentinel:\n  Workspaces:\n    Default: {WorkspaceId: b}\n    contoso: {WorkspaceId: c}\n', {
      MSSentinel: { Workspaces: { Default: { WorkspaceId: 'b' }, contoso: { WorkspaceId: 'c' }, 'contoso-2': entry } },
    }],
  ])('%s', (_name, text, expected) => {
    expect(parse(merged(text))).toEqual(expected);
  });

  it('keeps keys, comments and quotes of people', () => {
    const own = [
      '# My settings',
      'TIProviders:',
      '  VirusTotal: # paid',
      '    Args:',
      '      AuthKey: "0123"',
      'AzureSentinel:',
      '  Workspaces:',
      '    # Ours',
      "    Default: {WorkspaceId: 'b', TenantId: t}",
      '# end',
      '',
    ].join('\n');
    const text = merged(own);
    expect(text).toContain('# paid');
    for (const line of ['# My settings', '      AuthKey: "0123"', '    # Ours', '# end']) expect(text.split('\n')).toContain(line);
    expect(text).toMatch(/Default: \{ ?WorkspaceId: 'b', TenantId: t ?\}/);
  });

  it('adds a workspace once', () => {
    expect(mergeMsticpyConfig(merged(''), { ...workspace, workspaceId: 'aaaa-1' })).toEqual({ kind: 'unchanged' });
  });

  it.each(['a: [', '- list', 'AzureSentinel: text', 'AzureSentinel:\n  Workspaces: [a]'])('leaves %j alone', (text) => {
    expect(mergeMsticpyConfig(text, workspace)).toMatchObject({ kind: 'unreadable' });
  });
});

describe('writeConfiguration', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'huntbook-config-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const config = () => path.join(folder, 'config.json');
  const read = async (): Promise<unknown> => JSON.parse(await readFile(config(), 'utf8'));
  const portal = { tenant_id: 'tenant-1', subscription_id: 'sub-1', resource_group: 'rg-soc', workspace_id: 'AAAA-1', workspace_name: 'contoso' };

  it('makes what the portal makes, and says so', async () => {
    expect(await writeConfiguration(folder, workspace)).toEqual([
      'config.json names the workspace contoso.',
      'msticpyconfig.yaml has the workspace contoso as its default.',
    ]);
    expect(await read()).toEqual(portal);
    expect((await readdir(folder)).sort()).toEqual(['config.json', 'msticpyconfig.yaml']);
    expect(await writeConfiguration(folder, workspace)).toEqual([]);
  });

  it('fills placeholders and keeps the other keys', async () => {
    await writeFile(config(), JSON.stringify({ tenant_id: '{{cookiecutter.tenant_id}}', workspace_id: '{{cookiecutter.workspace_id}}', mine: 1, resource_group: 'kept' }));
    await writeConfiguration(folder, workspace);
    expect(await read()).toEqual({ ...portal, resource_group: 'kept', mine: 1 });
  });

  it('leaves the configuration of another workspace, and one that it cannot read', async () => {
    const other = JSON.stringify({ workspace_id: 'b', workspace_name: 'fabrikam' });
    await writeFile(config(), other);
    expect((await writeConfiguration(folder, workspace))[0]).toMatch(/names another workspace \(fabrikam\)/);
    expect(await readFile(config(), 'utf8')).toBe(other);
    await writeFile(config(), '{');
    expect((await writeConfiguration(folder, workspace))[0]).toMatch(/no JSON object/);
    expect(await readFile(config(), 'utf8')).toBe('{');
  });
});

describe('fillPlaceholders', () => {
  it('fills the ones it knows', () => {
    const cell = { source: ['a = "{{cookiecutter.workspace_id}}"\n', '{{ cookiecutter.other }}'], metadata: {} };
    expect(fillPlaceholders(cell, workspace)).toEqual({ source: ['a = "AAAA-1"\n', '{{ cookiecutter.other }}'], metadata: {} });
  });
});
