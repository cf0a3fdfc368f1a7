import * as vscode from 'vscode';
import { type AzureCloud, type AzureConnection, type AzureEndpoints, type CredentialName, azureClouds, credentialNames } from '../common/azure';
import { readEndpoints } from '../common/azureEndpoints';

const SECTION = 'huntbook.azure';

/** A cloud of Microsoft's, or one whose endpoints the user's settings name. */
export type CloudSetting = AzureCloud | 'custom';

/** How this window reaches Azure. In a folder that is not trusted, VS Code leaves the folder's own values out. */
export class AzureSettings {
  get cloud(): CloudSetting {
    const cloud = vscode.workspace.getConfiguration(SECTION).get<string>('cloud', 'public');
    return cloud === 'custom' || cloud === 'usGovernment' || cloud === 'china' ? cloud : 'public';
  }

  get credential(): CredentialName {
    const name = vscode.workspace.getConfiguration(SECTION).get<string>('credential', 'vscode');
    return credentialNames.find((known) => known === name) ?? 'vscode';
  }

  /** @throws HuntError `refused` when the endpoints of a custom cloud are not all there. */
  endpointsOf(cloud: CloudSetting): AzureEndpoints {
    if (cloud !== 'custom') return azureClouds[cloud];
    return readEndpoints(vscode.workspace.getConfiguration(SECTION).get<unknown>('endpoints'), 'The setting huntbook.azure.endpoints');
  }

  /** @throws HuntError as {@link endpointsOf}. */
  connection(cloud: CloudSetting, tenantId: string | undefined, accountId: string | undefined): AzureConnection {
    return { endpoints: this.endpointsOf(cloud), credential: this.credential, tenantId, accountId };
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SECTION)) listener();
    });
  }
}
