import type { TokenCredential } from '@azure/core-auth';
import type * as Identity from '@azure/identity';
import { type AzureCloud, azureClouds, type CredentialName } from '../common/azure';
import { HuntError } from '../common/errors';

/** What a credential is made from. */
export interface CredentialParts {
  readonly identity: typeof Identity;
  readonly authority: string;
  readonly tenantId: string | undefined;
  /** Where secrets come from; they stand in no setting and on no command line. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Sends the requests; the library's own when absent. */
  readonly httpClient?: Identity.TokenCredentialOptions['httpClient'] | undefined;
  /** Shows people what they have to do to sign in. */
  readonly prompt: (message: string) => void;
}

interface NamedCredential {
  /** Environment variables that have to be set. */
  readonly needs?: readonly string[];
  /** It is of one tenant, that of `tenantId` or of AZURE_TENANT_ID. */
  readonly ofOneTenant?: true;
  /** Asks people: one at a time. */
  readonly asksPeople?: true;
  /** A command line tool gives the token: it has no notion of claims. */
  readonly tool?: true;
  readonly build: (parts: CredentialParts, options: CommonOptions) => TokenCredential;
}

export type IdentityCredentialName = Exclude<CredentialName, 'vscode'>;

/** The credentials of `@azure/identity`, by the names that MSTICPy gives them. */
export const identityCredentials: Readonly<Record<IdentityCredentialName, NamedCredential>> = {
  cli: { tool: true, build: ({ identity }, options) => new identity.AzureCliCredential(options) },
  azd: { tool: true, build: ({ identity }, options) => new identity.AzureDeveloperCliCredential(options) },
  powershell: { tool: true, build: ({ identity }, options) => new identity.AzurePowerShellCredential(options) },
  env: {
    needs: ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'],
    build: ({ identity }, options) => new identity.EnvironmentCredential(options),
  },
  msi: {
    build: ({ identity, environment }, options) => {
      const clientId = environment['AZURE_CLIENT_ID'];
      return new identity.ManagedIdentityCredential({ ...options, ...(clientId === undefined ? {} : { clientId }) });
    },
  },
  workload: {
    needs: ['AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'],
    ofOneTenant: true,
    build: ({ identity }, options) => new identity.WorkloadIdentityCredential(options),
  },
  devicecode: {
    asksPeople: true,
    build: ({ identity, environment, prompt }, options) =>
      new identity.DeviceCodeCredential({ ...options, ...clientOf(environment), userPromptCallback: ({ message }) => prompt(message) }),
  },
  interactive: {
    asksPeople: true,
    build: ({ identity, environment, prompt }, options) => {
      prompt('Sign in with the browser that has opened.');
      return new identity.InteractiveBrowserCredential({ ...options, ...clientOf(environment) });
    },
  },
  clientsecret: {
    needs: ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'],
    ofOneTenant: true,
    build: ({ identity, environment, tenantId = '' }, options) =>
      new identity.ClientSecretCredential(tenantId, environment['AZURE_CLIENT_ID'] ?? '', environment['AZURE_CLIENT_SECRET'] ?? '', options),
  },
  certificate: {
    needs: ['AZURE_CLIENT_ID', 'AZURE_CLIENT_CERTIFICATE_PATH'],
    ofOneTenant: true,
    build: ({ identity, environment, tenantId = '' }, options) => {
      const certificatePath = environment['AZURE_CLIENT_CERTIFICATE_PATH'] ?? '';
      const certificatePassword = environment['AZURE_CLIENT_CERTIFICATE_PASSWORD'];
      const certificate = certificatePassword === undefined ? { certificatePath } : { certificatePath, certificatePassword };
      return new identity.ClientCertificateCredential(tenantId, environment['AZURE_CLIENT_ID'] ?? '', certificate, options);
    },
  },
  chain: { build: chain },
};

/** In the order in which MSTICPy tries them; those whose variables are missing are left out. */
const chained = ['env', 'workload', 'msi', 'cli', 'azd', 'powershell'] as const;

function chain(parts: CredentialParts, options: CommonOptions): TokenCredential {
  const usable = chained.filter((name) => missingVariables(name, parts).length === 0);
  const sources = usable.map((name) => identityCredentials[name].build(parts, options));
  return new parts.identity.ChainedTokenCredential(...sources);
}

/** Names of the environment variables that a credential needs and does not find. */
export function missingVariables(
  name: IdentityCredentialName,
  { tenantId, environment }: Pick<CredentialParts, 'tenantId' | 'environment'>,
): readonly string[] {
  const { needs = [], ofOneTenant } = identityCredentials[name];
  const wanted = ofOneTenant && tenantId === undefined ? [...needs, 'AZURE_TENANT_ID'] : needs;
  return wanted.filter((variable) => (environment[variable] ?? '') === '');
}

/** @throws HuntError `credential` that names what is missing. */
export function buildCredential(name: IdentityCredentialName, parts: CredentialParts): TokenCredential {
  const tenantId = parts.tenantId ?? parts.environment['AZURE_TENANT_ID'];
  const missing = missingVariables(name, parts);
  if (missing.length > 0) {
    const message = `set the environment variable${missing.length === 1 ? '' : 's'} ${missing.join(', ')}.`;
    throw new HuntError({ kind: 'credential', credential: name, message });
  }
  return identityCredentials[name].build({ ...parts, tenantId }, commonOptions({ ...parts, tenantId }));
}

interface CommonOptions extends Identity.TokenCredentialOptions {
  readonly additionallyAllowedTenants: string[];
  readonly disableInstanceDiscovery: boolean;
  readonly tenantId?: string;
}

function commonOptions({ authority, tenantId, httpClient }: CredentialParts): CommonOptions {
  const known = (Object.keys(azureClouds) as AzureCloud[]).some((cloud) => azureClouds[cloud].authority === authority);
  return {
    authorityHost: authority,
    additionallyAllowedTenants: ['*'],
    // Microsoft's directory of authorities knows no private ones.
    disableInstanceDiscovery: !known,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(httpClient === undefined ? {} : { httpClient }),
  };
}

/** An application of one's own to sign in as; the library's ("Azure Development Application") when none is set. */
function clientOf(environment: CredentialParts['environment']): { readonly clientId?: string } {
  const clientId = environment['AZURE_CLIENT_ID'];
  return clientId === undefined || clientId === '' ? {} : { clientId };
}
