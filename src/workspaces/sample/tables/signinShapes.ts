import type { Device } from '../world/devices';
import { company } from '../world/company';
import { type Office, offices } from '../world/offices';
import type { Person } from '../world/people';

/** Where an address is. */
export interface Place {
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Autonomous system, as the sign-in logs spell it. */
  readonly network: string;
}

const officePlaces: ReadonlyMap<Office, Readonly<Record<'office' | 'home', Place>>> = new Map(
  offices.map((office) => {
    const { city, state, country, latitude, longitude } = office;
    const at = { city, state, country, latitude, longitude };
    return [office, { office: { ...at, network: '64500' }, home: { ...at, network: '64510' } }];
  }),
);

export function placeOf(office: Office, where: 'office' | 'home'): Place {
  return officePlaces.get(office)?.[where] ?? cloudPlace;
}

export const hostingPlace: Place = {
  city: 'Amsterdam',
  state: 'Noord-Holland',
  country: 'NL',
  latitude: 52.37,
  longitude: 4.9,
  network: '64496',
};
export const operatorPlace: Place = {
  city: 'Panama City',
  state: 'Panama',
  country: 'PA',
  latitude: 8.98,
  longitude: -79.52,
  network: '64497',
};
export const travelPlace: Place = { city: 'Tokyo', state: 'Tokyo', country: 'JP', latitude: 35.68, longitude: 139.69, network: '64511' };
export const cloudPlace: Place = { city: 'London', state: 'England', country: 'GB', latitude: 51.51, longitude: -0.13, network: '64501' };

export interface SigninApp {
  readonly name: string;
  readonly id: string;
  readonly resource: string;
}

export const signinApps = {
  exchange: { name: 'Office 365 Exchange Online', id: '00000002-0000-0ff1-ce00-000000000000', resource: 'Office 365 Exchange Online' },
  officeHome: { name: 'OfficeHome', id: '4765445b-32c6-49b0-83e6-1d93765276ca', resource: 'OfficeHome' },
  teams: { name: 'Microsoft Teams', id: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', resource: 'Microsoft Teams Services' },
  sharePoint: {
    name: 'Office 365 SharePoint Online',
    id: '00000003-0000-0ff1-ce00-000000000000',
    resource: 'Office 365 SharePoint Online',
  },
  azurePortal: { name: 'Azure Portal', id: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', resource: 'Windows Azure Service Management API' },
  office: { name: 'Microsoft Office', id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', resource: 'Microsoft Graph' },
  outlookMobile: { name: 'Outlook Mobile', id: '27922004-5251-4030-b22d-91ecd9a37ea4', resource: 'Office 365 Exchange Online' },
  crm: { name: 'Contoso CRM', id: '3e0b7d52-8f4a-4c19-a6d1-9b27e5c0f483', resource: 'Contoso CRM' },
  expenses: { name: 'Expenses', id: '91c5f0a8-2d6e-4b73-8e94-d07a3c61b2f5', resource: 'Expenses' },
} as const satisfies Readonly<Record<string, SigninApp>>;

/** Error codes of Microsoft Entra: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const failureReasons: Readonly<Record<string, string>> = {
  '50053': 'The account is locked: too many attempts with an incorrect user name or password.',
  '50055': 'The password is expired.',
  '50057': 'The user account is disabled.',
  '50074': 'Strong authentication is required and the user did not pass the challenge.',
  '50076': 'Multifactor authentication is required to access the resource.',
  '50126': 'Invalid username or password.',
  '50140': 'Interrupted by the question whether to stay signed in.',
  '53003': 'Access has been blocked by Conditional Access policies.',
  '70044': 'The session has expired because of sign-in frequency checks by Conditional Access.',
  '500121': 'Authentication failed during the strong authentication request.',
};

export function failureReason(result: string): string {
  return failureReasons[result] ?? '';
}

/** How the second factor went: none was asked for, the token already had it, or what the person did. */
export type SecondFactor = 'none' | 'claim' | 'approved' | 'denied' | 'timedOut';

const factorDetails: Readonly<Record<SecondFactor, string>> = {
  none: '',
  claim: 'MFA requirement satisfied by claim in the token',
  approved: 'MFA completed in Azure AD',
  denied: 'MFA denied; user declined the authentication',
  timedOut: 'MFA denied; user did not respond to mobile app notification',
};

export function statusJson(result: string, factor: SecondFactor): string {
  const additionalDetails = factorDetails[factor];
  const errorCode = Number(result);
  const details = additionalDetails ? { additionalDetails } : {};
  return JSON.stringify(result === '0' ? { errorCode, ...details } : { errorCode, failureReason: failureReason(result), ...details });
}

export function locationJson({ city, state, country, latitude, longitude }: Place): string {
  return JSON.stringify({ city, state, countryOrRegion: country, geoCoordinates: { latitude, longitude } });
}

/** The machine that a person signs in with, as Entra describes it. */
export function deviceJson(person: Person, device: Device | undefined): string {
  if (!device) {
    const operatingSystem = person.phone === 'iOS' ? 'Ios 18.1' : 'Android 15';
    return JSON.stringify({ deviceId: '', operatingSystem, browser: person.phone === 'iOS' ? 'Mobile Safari' : 'Chrome Mobile 130.0.0' });
  }
  return JSON.stringify({
    deviceId: device.aadDeviceId,
    displayName: device.name,
    operatingSystem: device.osPlatform,
    browser: 'Edge 131.0.0',
    isCompliant: true,
    isManaged: true,
    trustType: 'Hybrid Azure AD joined',
  });
}

export const unknownDeviceJson = JSON.stringify({ deviceId: '', operatingSystem: 'Windows10', browser: 'Chrome 129.0.0' });

export function userAgentOf(person: Person, device: Device | undefined): string {
  if (device)
    return 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0';
  return person.phone === 'iOS'
    ? 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
    : 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';
}

export const operatorUserAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36';

type PolicyResult = 'success' | 'failure' | 'notApplied' | 'reportOnlySuccess';

/** The tenant's conditional access policies, by how the first went. */
export const policies = policiesByMfa('notApplied');
export const policiesWhenBlocked = policiesByMfa('failure');

function policiesByMfa(block: PolicyResult): Readonly<Record<'success' | 'failure' | 'notApplied', string>> {
  return {
    success: policiesJson('success', block),
    failure: policiesJson('failure', block),
    notApplied: policiesJson('notApplied', block),
  };
}

function policiesJson(mfa: PolicyResult, block: PolicyResult): string {
  return JSON.stringify([
    {
      id: 'd1a5e8f3-60b2-4c97-9e41-3f7c82d0b6a5',
      displayName: 'Require MFA outside offices',
      enforcedGrantControls: ['Mfa'],
      enforcedSessionControls: [],
      result: mfa,
    },
    {
      id: '84c2f7b0-1e9d-4a36-b5c8-70e6d93f12a4',
      displayName: 'Block unsupported platforms',
      enforcedGrantControls: ['Block'],
      enforcedSessionControls: [],
      result: block,
    },
    {
      id: '2b6f9d1c-47a8-4e05-8c3d-e5190b7fa263',
      displayName: 'Require compliant device for finance',
      enforcedGrantControls: ['RequireCompliantDevice'],
      enforcedSessionControls: [],
      result: 'reportOnlySuccess',
    },
  ]);
}

export function authenticationJson(time: string, passwordRight: boolean, factor: SecondFactor): string {
  const steps: object[] = [
    {
      authenticationStepDateTime: time,
      authenticationMethod: 'Password',
      authenticationMethodDetail: 'Password Hash Sync',
      succeeded: passwordRight,
      authenticationStepResultDetail: passwordRight ? 'Correct password' : 'Invalid username or password',
      authenticationStepRequirement: 'Primary authentication',
    },
  ];
  if (factor !== 'none') {
    steps.push({
      authenticationStepDateTime: time,
      authenticationMethod: factor === 'claim' ? 'Previously satisfied' : 'Mobile app notification',
      succeeded: factor === 'claim' || factor === 'approved',
      authenticationStepResultDetail: factorDetails[factor],
      authenticationStepRequirement: 'Secondary authentication',
    });
  }
  return JSON.stringify(steps);
}

export const signinConstants = {
  AADTenantId: company.tenantId,
  HomeTenantId: company.tenantId,
  ResourceTenantId: company.tenantId,
  OperationName: 'Sign-in activity',
  OperationVersion: '1.0',
  Level: '4',
  ResourceGroup: 'Microsoft.aadiam',
  SourceSystem: 'Azure AD',
  CrossTenantAccessType: 'none',
  TokenIssuerType: 'AzureAD',
  RiskDetail: 'none',
  DurationMs: 0,
} as const;
