import { counts, inboxRule, infrastructure, times, victim } from '../attack';
import type { Generation } from '../generation';
import type { Random } from '../random';
import { at, DAY, SECOND } from '../storyTime';
import { remembered, type Row, type TableRows } from '../tableRows';
import { company } from '../world/company';
import type { Person } from '../world/people';
import { momentIn, type Session } from '../world/sessions';
import { operatorUserAgent, userAgentOf } from './signinShapes';

export const financeSite = `https://contoso.sharepoint.com/sites/Finance/`;

const sites = ['Sales', 'Marketing', 'Engineering', 'People', 'Legal', 'Operations'].map(
  (name) => `https://contoso.sharepoint.com/sites/${name}/`,
);
const fileStems = [
  'Budget',
  'Forecast',
  'Roadmap',
  'Offer',
  'Minutes',
  'Contract',
  'Onboarding',
  'Plan',
  'Review',
  'Invoice',
  'Report',
  'Pricing',
];
const extensions = ['xlsx', 'docx', 'pptx', 'pdf'];

/** OfficeActivity: Exchange, SharePoint, OneDrive and Teams. */
export function officeActivity(generation: Generation): TableRows {
  const rows = generation.rows('OfficeActivity', {
    OfficeTenantId: company.tenantId,
    OrganizationId: company.tenantId,
    SourceSystem: 'OfficeActivityManager',
    UserType: 'Regular',
    UserDomain: company.domain,
  });
  const random = generation.random('office');
  const ofPerson = remembered(personColumns);
  for (const session of generation.world.sessions) {
    if (session.person.name === victim.name && session.start > times.response.accountDisabled - DAY / 4) continue;
    const agent = userAgentOf(session.person, generation.world.workstationOf(session.person));
    const count = random.whole(7, 15);
    for (let index = 0; index < count; index++)
      rows.add(momentIn(session, random), usual(session, agent, random), ofPerson(session.person));
  }
  addLeaver(rows, generation, random);
  addAttack(rows, generation, random);
  return rows;
}

function personColumns(person: Person): Row {
  return { UserId: person.upn, UserKey: person.upn };
}

function common(person: Person, ip: string, random: Random): Row {
  return { ...personColumns(person), ClientIP: ip, OfficeId: random.guid() };
}

function usual(session: Session, agent: string, random: Random): Row {
  const { person, egress } = session;
  const base = { ClientIP: egress, OfficeId: random.guid() };
  const kind = random.next();
  if (kind < 0.28)
    return { ...base, ...mailbox(person), Operation: random.pick(['MailItemsAccessed', 'Send', 'MoveToDeletedItems', 'SoftDelete']) };
  if (kind < 0.29) return { ...base, ...mailbox(person), ...rule('New-InboxRule', person, newsletterRule(random)) };
  if (kind < 0.45) {
    const Operation = random.pick(['MessageSent', 'MemberAdded', 'TeamsSessionStarted', 'MeetingDetail']);
    return {
      ...base,
      OfficeWorkload: 'MicrosoftTeams',
      RecordType: 'MicrosoftTeams',
      Operation,
      TeamName: `${person.department} team`,
      UserAgent: agent,
    };
  }
  const Operation = random.weighted([
    [45, 'FileAccessed'],
    [16, 'FileModified'],
    [14, 'FilePreviewed'],
    [12, 'FileDownloaded'],
    [8, 'FileUploaded'],
    [5, 'FileSyncDownloadedFull'],
  ]);
  const oneDrive = random.chance(0.35);
  const site = oneDrive
    ? `https://contoso-my.sharepoint.com/personal/${person.name.replace('.', '_')}_contoso_com/`
    : person.department === 'Finance'
      ? financeSite
      : random.pick(sites);
  return {
    ...base,
    ...file(site, oneDrive ? 'OneDrive' : 'SharePoint', `${random.pick(fileStems)} ${random.whole(1, 60)}`, random.pick(extensions)),
    Operation,
    UserAgent: agent,
  };
}

function mailbox(person: Person): Row {
  return {
    OfficeWorkload: 'Exchange',
    RecordType: 'ExchangeItem',
    ResultStatus: 'Succeeded',
    MailboxOwnerUPN: person.upn,
    MailboxGuid: person.objectId,
    Logon_Type: 'Owner',
    ClientInfoString: 'Client=OWA;Action=ViaProxy',
  };
}

interface Parameter {
  readonly Name: string;
  readonly Value: string;
}

function rule(operation: string, person: Person, parameters: readonly Parameter[]): Row {
  return {
    Operation: operation,
    RecordType: 'ExchangeAdmin',
    OfficeObjectId: `${person.displayName}\\${parameters.find(({ Name }) => Name === 'Name')?.Value ?? ''}`,
    Parameters: JSON.stringify(parameters),
  };
}

function newsletterRule(random: Random): readonly Parameter[] {
  const topic = random.pick(['Newsletters', 'Build alerts', 'Travel', 'Recruiting', 'CRM digests']);
  return [
    { Name: 'Name', Value: topic },
    { Name: 'SubjectContainsWords', Value: topic.toLowerCase() },
    { Name: 'MoveToFolder', Value: topic },
    { Name: 'StopProcessingRules', Value: 'True' },
  ];
}

function file(site: string, workload: 'SharePoint' | 'OneDrive', stem: string, extension: string): Row {
  const name = `${stem}.${extension}`;
  return {
    OfficeWorkload: workload,
    RecordType: 'SharePointFileOperation',
    ResultStatus: 'Succeeded',
    Site_Url: site,
    SourceFileName: name,
    SourceFileExtension: extension,
    SourceRelativeUrl: 'Shared Documents',
    OfficeObjectId: `${site}Shared Documents/${name}`,
    ItemType: 'File',
    EventSource: 'SharePoint',
  };
}

/** Someone who leaves in three days copies the sales folder: an incident of its own. */
function addLeaver(rows: TableRows, generation: Generation, random: Random): void {
  const person = generation.world.person('derek.vance');
  const start = at(-5, '00:24');
  for (let index = 0; index < 180; index++) {
    const base = common(person, person.homeIp, random);
    const item = file(sites[0] ?? '', 'SharePoint', `Account plan ${index + 1}`, 'docx');
    rows.add(start + index * random.whole(4, 9) * SECOND, {
      ...base,
      ...item,
      Operation: 'FileDownloaded',
      UserAgent: userAgentOf(person, generation.world.workstationOf(person)),
    });
  }
}

function addAttack(rows: TableRows, generation: Generation, random: Random): void {
  const person = generation.world.person(victim.name);
  const base = (): Row => common(person, infrastructure.operatorIp, random);
  const { start, end } = times.mailboxRead;
  for (let index = 0; index < counts.mailboxReads; index++) {
    const time = start + Math.round(((end - start) * (index + random.between(0.1, 0.9))) / counts.mailboxReads);
    rows.add(time, {
      ...base(),
      ...mailbox(person),
      Operation: 'MailItemsAccessed',
      OperationProperties: '[{"Name":"MailAccessType","Value":"Bind"},{"Name":"IsThrottled","Value":"False"}]',
    });
  }
  rows.add(times.inboxRule, {
    ...base(),
    ...mailbox(person),
    ...rule('New-InboxRule', person, [
      { Name: 'AlwaysDeleteOutlookRulesBlob', Value: 'False' },
      { Name: 'Force', Value: 'False' },
      { Name: 'Name', Value: inboxRule.name },
      { Name: 'SubjectOrBodyContainsWords', Value: inboxRule.words },
      { Name: 'ForwardTo', Value: infrastructure.forwardingAddress },
      { Name: 'MoveToFolder', Value: inboxRule.folder },
      { Name: 'MarkAsRead', Value: 'True' },
      { Name: 'StopProcessingRules', Value: 'True' },
    ]),
  });
  const download = times.cloudDownload;
  for (let index = 0; index < counts.filesDownloaded; index++) {
    const time = download.start + Math.round(((download.end - download.start) * (index + random.next())) / counts.filesDownloaded);
    const item = file(financeSite, 'SharePoint', `${random.pick(fileStems)} FY25 ${index + 1}`, random.pick(extensions));
    rows.add(time, { ...base(), ...item, Operation: 'FileDownloaded', UserAgent: operatorUserAgent });
  }
}
