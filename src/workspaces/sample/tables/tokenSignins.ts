import { infrastructure, maliciousApp, times, victim } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE } from '../storyTime';
import type { TableRows } from '../tableRows';
import { cloudEgress } from '../world/offices';
import { momentIn } from '../world/sessions';
import {
  cloudPlace,
  deviceJson,
  locationJson,
  operatorPlace,
  operatorUserAgent,
  type Place,
  signinApps,
  signinConstants,
  unknownDeviceJson,
  userAgentOf,
} from './signinShapes';
import { originOf, SigninWriter } from './signins';

const tokenApps = [signinApps.office, signinApps.teams, signinApps.exchange, signinApps.sharePoint, signinApps.outlookMobile];

/**
 * AADNonInteractiveUserSignInLogs: tokens renewed behind people's backs; in the attack from the operator's address.
 * What is dynamic in SigninLogs is JSON text here.
 */
export function nonInteractiveSignins(generation: Generation): TableRows {
  const rows = generation.rows('AADNonInteractiveUserSignInLogs', {
    ...signinConstants,
    Category: 'NonInteractiveUserSignInLogs',
    IsInteractive: false,
    UserType: 'Member',
  });
  const random = generation.random('tokens');
  const writer = new SigninWriter(rows, random, () => ({
    AuthenticationDetails: '[]',
    MfaDetail: '',
    ProcessingTimeInMs: String(random.whole(40, 400)),
  }));
  for (const session of generation.world.sessions) {
    const { person } = session;
    const device = generation.world.workstationOf(person);
    const count = random.whole(7, 17);
    const origin = originOf(session);
    const deviceDetail = deviceJson(person, device);
    for (let index = 0; index < count; index++) {
      const time = momentIn(session, random);
      if (person.name === victim.name && time > times.response.accountDisabled) continue;
      writer.add(time, {
        person,
        ...origin,
        app: random.pick(tokenApps),
        result: random.chance(0.015) ? '70044' : '0',
        factor: 'claim',
        device: deviceDetail,
        userAgent: userAgentOf(person, device),
        client: 'Mobile Apps and Desktop clients',
      });
    }
  }
  const person = generation.world.person(victim.name);
  const end = times.response.accountDisabled - 2 * MINUTE;
  for (let time = times.mfaFatigue.approved + 4 * MINUTE; time < end; time += random.whole(38, 95) * MINUTE) {
    writer.add(time, {
      person,
      ip: infrastructure.operatorIp,
      place: operatorPlace,
      app: random.pick([signinApps.exchange, signinApps.sharePoint, signinApps.azurePortal]),
      result: '0',
      factor: 'claim',
      device: unknownDeviceJson,
      userAgent: operatorUserAgent,
      risk: 'medium',
    });
  }
  return rows;
}

interface Application {
  readonly name: string;
  readonly id: string;
  readonly principal: string;
  readonly resource: string;
  readonly ip: string;
  readonly place: Place;
  readonly location: string;
  /** Between two sign-ins. */
  readonly interval: number;
}

function applications(random: Random): readonly Application[] {
  const make = (name: string, resource: string, minutes: number): Application => ({
    name,
    id: random.guid(),
    principal: random.guid(),
    resource,
    ip: cloudEgress,
    place: cloudPlace,
    location: locationJson(cloudPlace),
    interval: minutes * MINUTE,
  });
  return [
    make('contoso-deploy', 'Windows Azure Service Management API', 45),
    make('contoso-crm-sync', 'Microsoft Graph', 30),
    make('hr-directory-sync', 'Microsoft Graph', 60),
    make('sentinel-playbooks', 'Windows Azure Service Management API', 40),
    make('backup-vault', 'Azure Storage', 120),
    make('expenses-mailer', 'Office 365 Exchange Online', 25),
  ];
}

/** AADServicePrincipalSignInLogs: the company's applications by the clock, and one that signs in from elsewhere. */
export function servicePrincipalSignins(generation: Generation): TableRows {
  const rows = generation.rows('AADServicePrincipalSignInLogs', applicationConstants('ServicePrincipalSignInLogs'));
  const random = generation.random('service principals');
  const add = (application: Application, time: number, result: string): void => {
    rows.add(time, {
      ...applicationRow(application, time, result, random),
      ServicePrincipalName: application.name,
      ServicePrincipalCredentialKeyId: application.principal.replaceAll('a', 'b'),
      ClientCredentialType: 'clientSecret',
    });
  };
  for (const application of applications(random)) {
    for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += application.interval * random.between(0.9, 1.1)) {
      add(application, Math.round(time), random.chance(0.01) ? '7000222' : '0');
    }
  }
  const malicious: Application = {
    name: maliciousApp.name,
    id: maliciousApp.appId,
    principal: maliciousApp.servicePrincipalId,
    resource: 'Microsoft Graph',
    ip: infrastructure.commandIp,
    place: operatorPlace,
    location: locationJson(operatorPlace),
    interval: HOUR,
  };
  for (
    let time = times.consent + 8 * MINUTE;
    time < times.response.appDisabled - 5 * MINUTE;
    time += malicious.interval + random.whole(-6, 6) * MINUTE
  ) {
    add(malicious, time, '0');
  }
  return rows;
}

/** AADManagedIdentitySignInLogs: the virtual machines' own identities. */
export function managedIdentitySignins(generation: Generation): TableRows {
  const rows = generation.rows('AADManagedIdentitySignInLogs', applicationConstants('ManagedIdentitySignInLogs'));
  const random = generation.random('managed identities');
  for (const server of generation.world.servers) {
    const application: Application = {
      name: `vm-${server.name.toLowerCase()}`,
      id: random.guid(),
      principal: random.guid(),
      resource: random.pick(['Azure Key Vault', 'Azure Storage', 'Azure Monitor']),
      ip: '',
      place: cloudPlace,
      location: locationJson(cloudPlace),
      interval: 3 * HOUR,
    };
    for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += application.interval * random.between(0.7, 1.3)) {
      rows.add(time, { ...applicationRow(application, Math.round(time), '0', random), ServicePrincipalName: application.name });
    }
  }
  return rows;
}

function applicationConstants(category: string): Readonly<Record<string, string>> {
  const { AADTenantId, OperationName, OperationVersion, Level, ResourceGroup, SourceSystem } = signinConstants;
  return {
    AADTenantId,
    OperationName,
    OperationVersion,
    Level,
    ResourceGroup,
    SourceSystem,
    Category: category,
    ConditionalAccessStatus: 'notApplied',
  };
}

function applicationRow(application: Application, time: number, result: string, random: Random): Readonly<Record<string, string | number>> {
  return {
    AppId: application.id,
    CorrelationId: random.guid(),
    CreatedDateTime: time,
    DurationMs: 0,
    Id: random.guid(),
    IPAddress: application.ip,
    Location: application.place.country,
    LocationDetails: application.location,
    ResourceDisplayName: application.resource,
    ResultType: result,
    ResultSignature: result === '0' ? 'SUCCESS' : 'FAILURE',
    ResultDescription: result === '0' ? '' : 'The provided client secret keys are expired.',
    ServicePrincipalId: application.principal,
    UniqueTokenIdentifier: random.hex(22),
  };
}
