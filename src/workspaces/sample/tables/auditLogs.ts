import { infrastructure, maliciousApp, secondVictim, times, victim } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE, SECOND } from '../storyTime';
import type { TableRows } from '../tableRows';
import { company } from '../world/company';
import { leavers, type Person } from '../world/people';
import { momentIn } from '../world/sessions';

interface Property {
  readonly displayName: string;
  readonly oldValue: string;
  readonly newValue: string;
}

interface Activity {
  readonly operation: string;
  readonly category: 'UserManagement' | 'GroupManagement' | 'ApplicationManagement' | 'RoleManagement' | 'Device' | 'Policy';
  readonly service: string;
  readonly initiator: object;
  readonly identity: string;
  readonly target: object;
  readonly failure?: string;
  readonly details?: readonly { readonly key: string; readonly value: string }[];
}

/** AuditLogs: people and machines change the directory; in the attack a consent to an application, then the response. */
export function auditLogs(generation: Generation): TableRows {
  const rows = generation.rows('AuditLogs', {
    AADTenantId: company.tenantId,
    Level: '4',
    OperationVersion: '1.0',
    Resource: 'Microsoft.aadiam',
    ResourceGroup: 'Microsoft.aadiam',
    ResourceId: `/tenants/${company.tenantId}/providers/Microsoft.aadiam`,
    SourceSystem: 'Azure AD',
    DurationMs: 0,
  });
  const random = generation.random('audit');
  const add = (time: number, activity: Activity): void => {
    const correlation = random.guid();
    rows.add(time, {
      AADOperationType: operationType(activity.operation),
      ActivityDateTime: time,
      ActivityDisplayName: activity.operation,
      AdditionalDetails: JSON.stringify(activity.details ?? []),
      Category: activity.category,
      CorrelationId: correlation,
      Id: `Directory_${correlation}_${random.hex(5).toUpperCase()}`,
      Identity: activity.identity,
      InitiatedBy: JSON.stringify(activity.initiator),
      LoggedByService: activity.service,
      OperationName: activity.operation,
      Result: activity.failure === undefined ? 'success' : 'failure',
      ResultReason: activity.failure ?? '',
      TargetResources: JSON.stringify([activity.target]),
    });
  };
  addDailyWork(generation, random, add);
  addSynchronisation(generation, random, add);
  addAttack(generation, random, add);
  return rows;
}

function operationType(operation: string): string {
  if (operation.startsWith('Add') || operation.startsWith('Consent')) return operation.startsWith('Add member') ? 'Assign' : 'Add';
  if (operation.startsWith('Delete') || operation.startsWith('Remove')) return 'Delete';
  return 'Update';
}

function byPerson(person: Person, ip: string): Pick<Activity, 'initiator' | 'identity'> {
  const { objectId, upn, displayName } = person;
  return { initiator: { user: { id: objectId, displayName, userPrincipalName: upn, ipAddress: ip, roles: [] } }, identity: displayName };
}

function byApp(displayName: string, servicePrincipalId: string): Pick<Activity, 'initiator' | 'identity'> {
  return { initiator: { app: { appId: null, displayName, servicePrincipalId, servicePrincipalName: null } }, identity: displayName };
}

function userTarget(person: Pick<Person, 'objectId' | 'upn' | 'displayName'>, modifiedProperties: readonly Property[] = []): object {
  return {
    id: person.objectId,
    displayName: person.displayName,
    type: 'User',
    userPrincipalName: person.upn,
    modifiedProperties,
    administrativeUnits: [],
  };
}

function target(type: string, id: string, displayName: string, modifiedProperties: readonly Property[] = []): object {
  return { id, displayName, type, modifiedProperties, administrativeUnits: [] };
}

type Add = (time: number, activity: Activity) => void;

const groups = ['All Employees', 'Finance Reports', 'VPN Users', 'CRM Users', 'Project Aurora', 'Office Licences', 'Engineering Leads'];

function addDailyWork(generation: Generation, random: Random, add: Add): void {
  const { world } = generation;
  for (const session of world.sessions) {
    const { person, egress } = session;
    if (random.chance(0.12)) {
      add(momentIn(session, random), {
        ...byPerson(person, egress),
        operation: random.pick(['User registered security info', 'Change password (self-service)', 'Reset password (self-service)']),
        category: 'UserManagement',
        service: 'Authentication Methods',
        target: userTarget(person),
        ...(random.chance(0.06) ? { failure: 'The new password does not meet the policy' } : {}),
      });
    }
    if (random.chance(0.05)) {
      add(momentIn(session, random), {
        ...byPerson(person, egress),
        operation: 'Consent to application',
        category: 'ApplicationManagement',
        service: 'Core Directory',
        target: target(
          'ServicePrincipal',
          random.guid(),
          random.pick(['Contoso CRM', 'Expenses', 'Whiteboard Pro', 'Travel Planner']),
          consentProperties('User.Read openid profile', false),
        ),
      });
    }
    if (person.department !== 'IT') continue;
    const changes = random.whole(2, 7);
    for (let index = 0; index < changes; index++)
      addAdministration(momentIn(session, random), byPerson(person, egress), generation, random, add);
  }
}

function addAdministration(
  time: number,
  by: Pick<Activity, 'initiator' | 'identity'>,
  generation: Generation,
  random: Random,
  add: Add,
): void {
  const subject = random.pick(generation.world.people);
  const group = random.pick(groups);
  const name = (value: string): Property => ({ displayName: 'Group.DisplayName', oldValue: '', newValue: JSON.stringify(value) });
  const kind = random.next();
  if (kind < 0.4) {
    add(time, {
      ...by,
      operation: 'Add member to group',
      category: 'GroupManagement',
      service: 'Core Directory',
      target: userTarget(subject, [name(group)]),
    });
  } else if (kind < 0.55) {
    add(time, {
      ...by,
      operation: 'Remove member from group',
      category: 'GroupManagement',
      service: 'Core Directory',
      target: userTarget(subject, [name(group)]),
    });
  } else if (kind < 0.85) {
    const changed = { displayName: 'Department', oldValue: '[]', newValue: JSON.stringify([subject.department]) };
    add(time, {
      ...by,
      operation: 'Update user',
      category: 'UserManagement',
      service: 'Core Directory',
      target: userTarget(subject, [changed]),
    });
  } else if (kind < 0.93) {
    add(time, {
      ...by,
      operation: 'Reset user password',
      category: 'UserManagement',
      service: 'Core Directory',
      target: userTarget(subject),
    });
  } else if (kind < 0.97) {
    const role = { displayName: 'Role.DisplayName', oldValue: '', newValue: '"Helpdesk Administrator"' };
    add(time, {
      ...by,
      operation: 'Add member to role',
      category: 'RoleManagement',
      service: 'Core Directory',
      target: userTarget(subject, [role]),
    });
  } else {
    add(time, {
      ...by,
      operation: 'Update conditional access policy',
      category: 'Policy',
      service: 'Conditional Access',
      target: target('Policy', 'd1a5e8f3-60b2-4c97-9e41-3f7c82d0b6a5', 'Require MFA outside offices'),
    });
  }
}

function addSynchronisation(generation: Generation, random: Random, add: Add): void {
  const sync = byApp('Microsoft Entra Connect Sync', 'a3d0c5b7-6e18-4f92-8c47-1be95d20f6a8');
  for (let time = -DAYS_OF_DATA * DAY; time < DAY; time += 2 * HOUR) {
    const changes = random.whole(1, 6);
    for (let index = 0; index < changes; index++) {
      const person = random.pick(generation.world.people);
      add(time + index * random.whole(1, 4) * SECOND, {
        ...sync,
        operation: 'Update user',
        category: 'UserManagement',
        service: 'Core Directory',
        target: userTarget(person),
      });
    }
    const device = random.pick(generation.world.workstations);
    add(time + 17 * MINUTE, {
      ...byApp('Device Registration Service', 'f71c4e80-25d9-4ab3-9c06-e8d15b3a7042'),
      operation: 'Update device',
      category: 'Device',
      service: 'Core Directory',
      target: target('Device', device.aadDeviceId, device.name),
    });
  }
  for (const leaver of leavers.filter(({ lastDay }) => lastDay > -DAYS_OF_DATA && lastDay < 0)) {
    const admin = byPerson(generation.world.person('arjun.menon'), '198.51.100.90');
    const account = { objectId: random.guid(), upn: `${leaver.name}@${company.domain}`, displayName: leaver.displayName };
    add(leaver.lastDay * DAY + 12 * HOUR, {
      ...admin,
      operation: 'Disable account',
      category: 'UserManagement',
      service: 'Core Directory',
      target: userTarget(account),
    });
  }
}

function consentProperties(scope: string, admin: boolean): readonly Property[] {
  const set = (displayName: string, value: string): Property => ({ displayName, oldValue: '', newValue: JSON.stringify(value) });
  return [
    set('ConsentContext.IsAdminConsent', admin ? 'True' : 'False'),
    set('ConsentContext.IsAppOnly', 'False'),
    set('ConsentContext.OnBehalfOfAll', 'False'),
    set('ConsentAction.Permissions', `[] => [[ClientId: 00000000-0000-0000-0000-000000000000, ConsentType: Principal, Scope: ${scope}]]`),
  ];
}

function addAttack(generation: Generation, random: Random, add: Add): void {
  const { world } = generation;
  const nora = world.person(victim.name);
  const byOperator = byPerson(nora, infrastructure.operatorIp);
  const application = (properties: readonly Property[] = []): object =>
    target('ServicePrincipal', maliciousApp.servicePrincipalId, maliciousApp.name, properties);
  const details = [
    { key: 'User-Agent', value: 'EvoSTS' },
    { key: 'AppId', value: maliciousApp.appId },
  ];
  const directory = { category: 'ApplicationManagement', service: 'Core Directory', details } as const;
  const scope = { displayName: 'DelegatedPermissionGrant.Scope', oldValue: '', newValue: JSON.stringify(` ${maliciousApp.scope}`) };
  add(times.consent - 2 * SECOND, { ...byOperator, ...directory, operation: 'Add service principal', target: application() });
  add(times.consent - SECOND, { ...byOperator, ...directory, operation: 'Add delegated permission grant', target: application([scope]) });
  add(times.consent, {
    ...byOperator,
    ...directory,
    operation: 'Consent to application',
    target: application(consentProperties(maliciousApp.scope, false)),
  });

  const responder = byPerson(world.person('priya.raman'), '198.51.100.50');
  const { accountDisabled, appDisabled, workstationIsolated } = times.response;
  const disabled = { displayName: 'AccountEnabled', oldValue: '[true]', newValue: '[false]' };
  const users = { category: 'UserManagement', service: 'Core Directory' } as const;
  add(accountDisabled, { ...responder, ...users, operation: 'Disable account', target: userTarget(nora, [disabled]) });
  add(accountDisabled + 25 * SECOND, {
    ...responder,
    ...users,
    operation: 'Update StsRefreshTokenValidFrom Timestamp',
    target: userTarget(nora),
  });
  add(accountDisabled + 70 * SECOND, { ...responder, ...users, operation: 'Reset user password', target: userTarget(nora) });
  add(appDisabled, { ...responder, ...directory, operation: 'Update service principal', target: application([disabled]) });
  add(appDisabled + 40 * SECOND, { ...responder, ...directory, operation: 'Remove delegated permission grant', target: application() });
  add(workstationIsolated + random.whole(1, 3) * MINUTE, {
    ...responder,
    ...users,
    operation: 'Reset user password',
    target: userTarget(world.person(secondVictim.name)),
  });
}
