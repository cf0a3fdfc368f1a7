/** Where a cloud of Azure answers, and how its tokens are asked for. No URL ends with a slash. */
export interface AzureEndpoints {
  /** Microsoft Entra: `https://login.microsoftonline.com`. */
  readonly authority: string;
  readonly resourceManager: string;
  /** Scope of tokens for Azure Resource Manager. */
  readonly resourceManagerScope: string;
  /** Log Analytics query API, without the version. */
  readonly logAnalytics: string;
  /** Scope of tokens for the Log Analytics query API. */
  readonly logAnalyticsScope: string;
  readonly portal: string;
}

export type AzureCloud = 'public' | 'usGovernment' | 'china';

/**
 * The clouds as Microsoft publishes them: https://learn.microsoft.com/azure/azure-monitor/logs/api/access-api and
 * https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure.
 */
export const azureClouds: Readonly<Record<AzureCloud, AzureEndpoints>> = {
  public: {
    authority: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    resourceManagerScope: 'https://management.core.windows.net/.default',
    logAnalytics: 'https://api.loganalytics.azure.com',
    logAnalyticsScope: 'https://api.loganalytics.io/.default',
    portal: 'https://portal.azure.com',
  },
  usGovernment: {
    authority: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    resourceManagerScope: 'https://management.core.usgovcloudapi.net/.default',
    logAnalytics: 'https://api.loganalytics.us',
    logAnalyticsScope: 'https://api.loganalytics.us/.default',
    portal: 'https://portal.azure.us',
  },
  china: {
    authority: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    resourceManagerScope: 'https://management.core.chinacloudapi.cn/.default',
    logAnalytics: 'https://api.loganalytics.azure.cn',
    logAnalyticsScope: 'https://api.loganalytics.azure.cn/.default',
    portal: 'https://portal.azure.cn',
  },
};

/** Ways to get a token, named as MSTICPy names them where it has the name. */
export const credentialNames = [
  'vscode',
  'cli',
  'env',
  'msi',
  'workload',
  'devicecode',
  'interactive',
  'powershell',
  'azd',
  'clientsecret',
  'certificate',
  'chain',
] as const;
export type CredentialName = (typeof credentialNames)[number];

/** Who asks, and where. */
export interface AzureConnection {
  readonly endpoints: AzureEndpoints;
  readonly credential: CredentialName;
  /** Tenant whose directory issues the token; the account's own when absent. */
  readonly tenantId?: string | undefined;
  /** Of a VS Code session, when several accounts are signed in. */
  readonly accountId?: string | undefined;
}

/** A Log Analytics workspace as Resource Graph lists it. */
export interface AzureWorkspace {
  /** The workspace's own GUID ("customer id"), which queries name. */
  readonly customerId: string;
  readonly name: string;
  /** `/subscriptions/…/providers/Microsoft.OperationalInsights/workspaces/…`; absent when only the GUID was entered. */
  readonly resourceId?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly subscriptionId?: string | undefined;
  readonly subscriptionName?: string | undefined;
  readonly location?: string | undefined;
  readonly hasSentinel: boolean;
}

export interface AzureTenant {
  readonly tenantId: string;
  readonly name: string;
  readonly domain?: string | undefined;
}

/** What an account can see. */
export interface AzureDirectory {
  readonly tenants: readonly AzureTenant[];
  readonly workspaces: readonly AzureWorkspace[];
  /** Tenants that could not be read, with the reason; the rest is there. */
  readonly problems: readonly AzureProblem[];
}

export interface AzureProblem {
  readonly tenantId: string;
  readonly message: string;
  /** The reason is a `signInNeeded`: the tenant opens once someone signs in to it. */
  readonly signInNeeded?: boolean | undefined;
}

/** A token wish of the engine process; answered by the editor's account or by the headless runner's credential. */
export interface TokenRequest {
  readonly credential: CredentialName;
  readonly authority: string;
  readonly scopes: readonly string[];
  readonly tenantId?: string | undefined;
  readonly accountId?: string | undefined;
  /** Of a 401's claims challenge: the header's text, so that the next token satisfies it. */
  readonly wwwAuthenticate?: string | undefined;
  /** The token at hand was refused: give a new one, not a cached one. */
  readonly forceRefresh?: boolean | undefined;
}

export interface TokenAnswer {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOn: number;
}

/** What the engine process asks of the process that started it. */
export interface HostService {
  /** A token of the editor's account (`credential` is `vscode`; other credentials are the engine process's own). */
  readonly getToken: { readonly argument: TokenRequest; readonly answer: TokenAnswer };
  /** The schema of a connected workspace was read anew in the background and is another one now. */
  readonly schemaChanged: { readonly argument: { readonly workspaceId: string }; readonly answer: null };
}
