import { hosts, infrastructure, times, victim } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, MINUTE, SECOND } from '../storyTime';
import type { TableRows } from '../tableRows';
import { company, resourceId } from '../world/company';
import { cloudEgress, officeOf } from '../world/offices';
import { momentIn } from '../world/sessions';

interface Operation {
  readonly operation: string;
  readonly resource: string;
  readonly caller: string;
  readonly ip: string;
  readonly correlation: string;
  readonly category?: 'Administrative' | 'Policy' | 'ServiceHealth';
}

const virtualMachines = 'microsoft.compute/virtualmachines';
export const runCommandOperation = 'MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMAND/ACTION';

/** AzureActivity: what is done to Azure resources. */
export function azureActivity(generation: Generation): TableRows {
  const rows = generation.rows('AzureActivity', {
    SubscriptionId: company.subscriptionId,
    _SubscriptionId: company.subscriptionId,
    ResourceGroup: company.resourceGroup.toUpperCase(),
    SourceSystem: 'Azure',
  });
  const random = generation.random('azure');
  const add = (time: number, status: 'Start' | 'Accept' | 'Success' | 'Failure', operation: Operation): void => {
    rows.add(time, activityRow(operation, status, time, random));
  };
  const run = (time: number, operation: Omit<Operation, 'correlation'>): void => {
    const whole = { ...operation, correlation: random.guid() };
    add(time, 'Start', whole);
    add(time + random.between(1, 30) * SECOND, random.chance(0.02) ? 'Failure' : 'Success', whole);
  };
  addAutomation(generation, random, run);
  addAdministrators(generation, random, run);
  addAttack(add, random);
  return rows;
}

function activityRow(operation: Operation, status: string, time: number, random: Random): Readonly<Record<string, string | number>> {
  const name = operation.resource.split('/').at(-1) ?? '';
  const provider = operation.operation.split('/')[0] ?? '';
  const action = operation.operation.toLowerCase();
  const claims = JSON.stringify({
    aud: 'https://management.core.windows.net/',
    ipaddr: operation.ip,
    name: operation.caller,
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': operation.caller,
  });
  const authorization = JSON.stringify({ scope: operation.resource, action, evidence: { role: 'Contributor', principalType: 'User' } });
  const properties = JSON.stringify({
    eventCategory: 'Administrative',
    entity: operation.resource,
    message: action,
    hierarchy: company.tenantId,
    resource: name,
  });
  const id = random.guid();
  return {
    ActivityStatus: status === 'Start' ? 'Started' : status === 'Accept' ? 'Accepted' : status === 'Success' ? 'Succeeded' : 'Failed',
    ActivityStatusValue: status,
    ActivitySubstatusValue: status === 'Start' ? '' : status === 'Accept' ? 'Accepted' : status === 'Success' ? 'OK' : 'Conflict',
    Authorization: authorization,
    Authorization_d: authorization,
    Caller: operation.caller,
    CallerIpAddress: operation.ip,
    Category: operation.category ?? 'Administrative',
    CategoryValue: operation.category ?? 'Administrative',
    Claims: claims,
    Claims_d: claims,
    CorrelationId: operation.correlation,
    EventDataId: id,
    EventSubmissionTimestamp: time,
    Hierarchy: company.tenantId,
    Level: status === 'Failure' ? 'Error' : 'Information',
    OperationId: id,
    OperationName: action,
    OperationNameValue: operation.operation,
    Properties: properties,
    Properties_d: properties,
    Resource: name,
    ResourceId: operation.resource,
    ResourceProvider: provider,
    ResourceProviderValue: provider,
    _ResourceId: operation.resource,
  };
}

type Run = (time: number, operation: Omit<Operation, 'correlation'>) => void;

function addAutomation(generation: Generation, random: Random, run: Run): void {
  const policy = 'c5e90d37-8b24-4f61-a3d8-0f17b6e2c945';
  const backup = '0d84b3f6-7a2e-49c1-95f0-e6b8d13c7a42';
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    for (const server of generation.world.servers) {
      run(day * DAY + random.between(0, DAY), {
        operation: 'MICROSOFT.AUTHORIZATION/POLICIES/AUDITIFNOTEXISTS/ACTION',
        resource: server.resourceId,
        caller: policy,
        ip: '',
        category: 'Policy',
      });
      run(day * DAY + 23.2 * 60 * MINUTE + random.between(0, 40) * MINUTE, {
        operation: 'MICROSOFT.COMPUTE/RESTOREPOINTCOLLECTIONS/RESTOREPOINTS/WRITE',
        resource: server.resourceId,
        caller: backup,
        ip: cloudEgress,
      });
    }
  }
}

function addAdministrators(generation: Generation, random: Random, run: Run): void {
  const usual = [
    `${virtualMachines}/read`,
    `${virtualMachines}/start/action`,
    `${virtualMachines}/restart/action`,
    `${virtualMachines}/write`,
    'microsoft.network/networksecuritygroups/securityrules/write',
    'microsoft.storage/storageaccounts/listkeys/action',
    'microsoft.resources/deployments/write',
    'microsoft.authorization/roleassignments/write',
    'microsoft.keyvault/vaults/write',
  ].map((operation) => operation.toUpperCase());
  const builds = ['BUILD01', 'BUILD02'].map((name) => generation.world.device(name).resourceId);
  for (const session of generation.world.sessions) {
    const { person, egress } = session;
    if (person.name === victim.name && session.end > times.response.accountDisabled) continue;
    if (person.department === 'IT' || person.department === 'Engineering') {
      const count = random.whole(0, person.department === 'IT' ? 7 : 3);
      for (let index = 0; index < count; index++) {
        run(momentIn(session, random), {
          operation: random.pick(usual),
          resource: random.pick(generation.world.servers).resourceId,
          caller: person.upn,
          ip: egress,
        });
      }
    }
    // A known deployment habit: the same operation as the attack, elsewhere and in working hours.
    if (person.name === 'jonas.weber') {
      run(momentIn(session, random), {
        operation: runCommandOperation,
        resource: random.pick(builds),
        caller: 'svc-deploy@contoso.com',
        ip: officeOf('MUC').egress[0] ?? '',
      });
    }
  }
}

function addAttack(add: (time: number, status: 'Start' | 'Accept' | 'Success', operation: Operation) => void, random: Random): void {
  const { start, accepted, succeeded } = times.runCommand;
  const base = { caller: victim.upn, ip: infrastructure.operatorIp };
  const looking = [
    'MICROSOFT.RESOURCES/SUBSCRIPTIONS/RESOURCEGROUPS/READ',
    'MICROSOFT.COMPUTE/VIRTUALMACHINES/READ',
    'MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION',
  ];
  looking.forEach((operation, index) => {
    const resource = operation.includes('STORAGE')
      ? resourceId('microsoft.storage/storageaccounts', 'stcontosofinance')
      : resourceId(virtualMachines, hosts.applicationVm);
    add(start - (8 - 2 * index) * MINUTE, 'Success', { ...base, operation, resource, correlation: random.guid() });
  });
  const command = {
    ...base,
    operation: runCommandOperation,
    resource: resourceId(virtualMachines, hosts.applicationVm),
    correlation: random.guid(),
  };
  add(start, 'Start', command);
  add(accepted, 'Accept', command);
  add(succeeded, 'Success', command);
}
