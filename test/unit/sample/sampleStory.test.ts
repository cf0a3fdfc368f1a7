import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  counts,
  hosts,
  implant,
  inboxRule,
  infrastructure,
  lure,
  maliciousApp,
  secondVictim,
  times,
  victim,
} from '../../../src/workspaces/sample/attack';
import { openSample, type SampleWorkspace } from '../../../src/workspaces/sample/sampleWorkspace';
import { startOfDay } from '../../../src/workspaces/sample/storyTime';
import { knownTable } from '../../../src/workspaces/schemas/knownSchemas';
import { SampleFile } from './sampleFile';

const now = new Date('2026-03-12T15:20:00Z');
const { operatorIp, commandIp, commandDomain, dropIp, dropDomain, sprayHitIp } = infrastructure;
let directory: string;
let sample: SampleWorkspace;
let file: SampleFile;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'huntbook-story-'));
  sample = await openSample({ directory, now });
  file = await SampleFile.open(sample);
}, 120_000);

afterAll(async () => {
  file.close();
  await rm(directory, { recursive: true, force: true });
});

/** The time of an offset as the file's views have it. */
const iso = (offset: number): string => new Date(startOfDay(now) + offset).toISOString().replace('Z', '000Z');
const count = (table: string, condition = 'true'): Promise<number> => file.number(`SELECT count(*) FROM "${table}" WHERE ${condition}`);

describe('the sample file', () => {
  it('has more than 200,000 rows', () => expect(sample.tables.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBeGreaterThan(200_000));
  it('has at least 25 tables with rows', () =>
    expect(sample.tables.filter(({ rowCount }) => rowCount > 0).length).toBeGreaterThanOrEqual(25));
  it('has a table for the grid', () => expect(Math.max(...sample.tables.map(({ rowCount }) => rowCount))).toBeGreaterThan(50_000));
  it('has watchlists', () =>
    expect(sample.watchlists.map(({ name }) => name)).toEqual([
      'VIPUsers',
      'HighValueAssets',
      'CorporateNetworks',
      'TerminatedEmployees',
      'ServiceAccounts',
    ]));

  it('has the columns of the known schemas in their order', () => {
    for (const { name, columns } of sample.tables) expect(columns, name).toEqual(knownTable(name));
  });

  it('stores what it says: row counts, types, order of times', async () => {
    const stored: Readonly<Record<string, string>> = {
      bool: 'BOOLEAN',
      int: 'INTEGER',
      long: 'BIGINT',
      real: 'DOUBLE',
      string: 'VARCHAR',
      datetime: 'BIGINT',
      dynamic: 'JSON',
    };
    for (const { name, columns, relation, rowCount, firstTime, lastTime } of [...sample.tables, ...sample.watchlists]) {
      expect(await count(name), name).toBe(rowCount);
      const types = await file.rows(
        `SELECT data_type FROM duckdb_columns() WHERE database_name = 'sample' AND '"' || table_name || '"' = '${relation}' ORDER BY column_index`,
      );
      expect(
        types.map((row) => row['data_type']),
        name,
      ).toEqual(columns.map(({ type }) => stored[type]));
      if (!columns.some((column) => column.name === 'TimeGenerated')) continue;
      const [range] = await file.rows(`SELECT min(TimeGenerated) AS first, max(TimeGenerated) AS last FROM "${name}"`);
      expect([String(range?.['first']).slice(0, 23), String(range?.['last']).slice(0, 23)], name).toEqual([
        firstTime?.slice(0, 23),
        lastTime?.slice(0, 23),
      ]);
      expect(
        await file.number(
          `SELECT count(*) FROM "${name}" AS a JOIN "${name}" AS b ON b."#" = a."#" + 1 WHERE a.TimeGenerated > b.TimeGenerated`,
        ),
        name,
      ).toBe(0);
    }
  });

  it('has no null text', async () => {
    for (const { name, columns } of sample.tables) {
      const conditions = columns.filter(({ type }) => type === 'string').map((column) => `"${column.name}" IS NULL`);
      expect(await count(name, conditions.join(' OR ')), name).toBe(0);
    }
  });
});

describe('the attack in the sample file', () => {
  const spray = `IPAddress LIKE '203.0.113.%'`;
  it('sprays passwords', () => expect(count('SigninLogs', spray)).resolves.toBe(counts.sprayedAccounts * counts.sprayAttemptsEach));
  it('sprays 62 accounts', () =>
    expect(file.number(`SELECT count(DISTINCT UserPrincipalName) FROM SigninLogs WHERE ${spray}`)).resolves.toBe(62));
  it('sprays from 24 addresses', () =>
    expect(file.number(`SELECT count(DISTINCT IPAddress) FROM SigninLogs WHERE ${spray}`)).resolves.toBe(24));
  it('fails with 50126', () => expect(count('SigninLogs', `${spray} AND ResultType = '50126'`)).resolves.toBe(171));
  it('locks accounts', () => expect(count('SigninLogs', `${spray} AND ResultType = '50053'`)).resolves.toBe(counts.lockedOut));
  it('sprays while it says so', () =>
    expect(
      count('SigninLogs', `${spray} AND TimeGenerated NOT BETWEEN '${iso(times.spray.start)}' AND '${iso(times.spray.end)}'`),
    ).resolves.toBe(0));
  it('hits once', async () =>
    expect(
      await file.rows(`SELECT UserPrincipalName, IPAddress, TimeGenerated FROM SigninLogs WHERE ${spray} AND ResultType = '0'`),
    ).toEqual([{ UserPrincipalName: victim.upn, IPAddress: sprayHitIp, TimeGenerated: iso(times.spray.hit) }]));
  it('wears the MFA prompt down', () =>
    expect(count('SigninLogs', `IPAddress = '${operatorIp}' AND ResultType = '500121'`)).resolves.toBe(counts.mfaDenials));
  it('signs in from a country nobody else does', async () =>
    expect(await file.rows(`SELECT DISTINCT UserPrincipalName FROM SigninLogs WHERE Location = 'PA'`)).toEqual([
      { UserPrincipalName: victim.upn },
    ]));
  it('has JSON in the location', () =>
    expect(
      count('SigninLogs', `IPAddress = '${operatorIp}' AND (LocationDetails ->> '$.city') = '${infrastructure.operatorCity}'`),
    ).resolves.toBeGreaterThan(10));
  it('uses tokens from there', () =>
    expect(count('AADNonInteractiveUserSignInLogs', `IPAddress = '${operatorIp}'`)).resolves.toBeGreaterThan(30));
  it('reads mail', () =>
    expect(count('OfficeActivity', `Operation = 'MailItemsAccessed' AND ClientIP = '${operatorIp}'`)).resolves.toBe(counts.mailboxReads));
  it('makes an inbox rule', async () => {
    const [row] = await file.rows(
      `SELECT Parameters, TimeGenerated FROM OfficeActivity WHERE Operation = 'New-InboxRule' AND ClientIP = '${operatorIp}'`,
    );
    expect(JSON.parse(String(row?.['Parameters']))).toContainEqual({ Name: 'SubjectOrBodyContainsWords', Value: inboxRule.words });
    expect(row?.['TimeGenerated']).toBe(iso(times.inboxRule));
  });
  it('is not the only inbox rule', () => expect(count('OfficeActivity', `Operation = 'New-InboxRule'`)).resolves.toBeGreaterThan(20));
  it('consents to an app', () =>
    expect(
      count('AuditLogs', `OperationName = 'Consent to application' AND (TargetResources ->> '$[0].displayName') = '${maliciousApp.name}'`),
    ).resolves.toBe(1));
  it('lets the app sign in', () =>
    expect(
      count('AADServicePrincipalSignInLogs', `AppId = '${maliciousApp.appId}' AND IPAddress = '${commandIp}'`),
    ).resolves.toBeGreaterThan(30));
  it('sends the lure', () =>
    expect(count('EmailEvents', `Subject = '${lure.subject}' AND SenderIPv4 = '${operatorIp}'`)).resolves.toBe(counts.lureRecipients));
  it('lists the lure’s link', () => expect(count('EmailUrlInfo', `Url = '${lure.url}'`)).resolves.toBe(counts.lureRecipients));
  it('is clicked through once', async () =>
    expect(await file.rows(`SELECT AccountUpn FROM UrlClickEvents WHERE Url = '${lure.url}' AND IsClickedThrough`)).toEqual([
      { AccountUpn: secondVictim.upn },
    ]));
  it('downloads files', () =>
    expect(count('OfficeActivity', `Operation = 'FileDownloaded' AND ClientIP = '${operatorIp}'`)).resolves.toBe(counts.filesDownloaded));
  it('runs a command on the virtual machine', async () =>
    expect(
      await file.rows(`SELECT ActivityStatusValue, Resource FROM AzureActivity WHERE CallerIpAddress = '${operatorIp}'
        AND OperationNameValue = 'MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMAND/ACTION' ORDER BY TimeGenerated`),
    ).toEqual(['Start', 'Accept', 'Success'].map((ActivityStatusValue) => ({ ActivityStatusValue, Resource: hosts.applicationVm }))));
});

describe('the attack on the hosts of the sample file', () => {
  it('starts a chain of processes on the server', async () => {
    const chain: unknown[] = [];
    let id = 6044;
    for (let step = 0; step < 5; step++) {
      const [row] =
        await file.rows(`SELECT FileName, InitiatingProcessId AS parent FROM DeviceProcessEvents WHERE DeviceName = 'app02.contoso.local' AND ProcessId = ${id}
        AND TimeGenerated BETWEEN '${iso(times.serverRun)}' AND '${iso(times.serverBeacon.start)}'`);
      chain.push(row?.['FileName']);
      id = Number(row?.['parent']);
    }
    expect(chain).toEqual([implant.file, 'powershell.exe', 'powershell.exe', 'cmd.exe', 'RunCommandExtension.exe']);
  });
  it('shows the same processes in both tables', () =>
    expect(
      file.number(`SELECT count(*) FROM DeviceProcessEvents AS d JOIN SecurityEvent AS s ON s.EventID = 4688 AND s.CommandLine = d.ProcessCommandLine
        AND lower(s.Computer) = d.DeviceName WHERE d.InitiatingProcessFileName = '${implant.file}'`),
    ).resolves.toBe(14));
  it.each([
    ['app02.contoso.local', times.serverBeacon],
    ['ws-lon-014.contoso.local', times.workstationBeacon],
  ])('calls home from %s at intervals', async (device, { interval, jitter, start, end }) => {
    const rows = await file.rows(`SELECT TimeGenerated FROM DeviceNetworkEvents WHERE RemoteIP = '${commandIp}' AND DeviceName = '${device}'
      AND InitiatingProcessFileName = '${implant.file}' ORDER BY TimeGenerated`);
    const at = rows.map((row) => Date.parse(String(row['TimeGenerated'])));
    const gaps = at.slice(1).map((time, index) => time - (at[index] ?? 0));
    expect(at[0]).toBe(startOfDay(now) + start);
    expect(Math.abs(at.length - (end - start) / interval)).toBeLessThan(6);
    expect(gaps.filter((gap) => Math.abs(gap - interval) > jitter)).toEqual([]);
  });
  it('calls home through both firewalls', async () =>
    expect(
      await file.rows(
        `SELECT DeviceVendor FROM CommonSecurityLog WHERE DestinationIP = '${commandIp}' GROUP BY ALL HAVING count(*) > 140 ORDER BY 1`,
      ),
    ).toEqual([{ DeviceVendor: 'Fortinet' }, { DeviceVendor: 'Palo Alto Networks' }]));
  it('asks for the command domain', async () =>
    expect(await file.rows(`SELECT DISTINCT ClientIP FROM DnsEvents WHERE Name = '${commandDomain}' ORDER BY 1`)).toEqual([
      { ClientIP: '10.20.1.12' },
      { ClientIP: '10.3.10.114' },
    ]));
  it('is known to threat intelligence', () =>
    expect(
      count(
        'ThreatIntelligenceIndicator',
        `Active AND (NetworkIP = '${commandIp}' OR DomainName = '${commandDomain}' OR FileHashValue = '${implant.sha256}')`,
      ),
    ).resolves.toBe(3));
  it('logs on to other servers', async () =>
    expect(
      await file.rows(
        `SELECT Computer FROM SecurityEvent WHERE EventID = 4624 AND LogonType = 3 AND IpAddress = '10.20.1.12' AND TargetUserName = 'svc-backup' ORDER BY TimeGenerated`,
      ),
    ).toEqual(['FS01', 'SQL01', 'BKP01'].map((name) => ({ Computer: `${name}.contoso.local` }))));
  it('fails on others', () =>
    expect(count('SecurityEvent', `EventID = 4625 AND IpAddress = '10.20.1.12' AND TargetUserName = 'svc-backup'`)).resolves.toBe(9));
  it.each([7045, 4697])('installs a service: %i', (id) =>
    expect(
      count('SecurityEvent', `EventID = ${id} AND ServiceName = '${implant.service}' AND Computer = 'FS01.contoso.local'`),
    ).resolves.toBe(1),
  );
  it('uses remote desktop to the domain controller', () =>
    expect(
      count('DeviceLogonEvents', `LogonType = 'RemoteInteractive' AND DeviceName = 'dc01.contoso.local' AND RemoteIP = '10.20.1.12'`),
    ).resolves.toBe(1));
  it.each([
    [4720, 'svc-wsync'],
    [4728, 'Domain Admins'],
  ])('makes a backdoor: %i', (id, name) =>
    expect(count('SecurityEvent', `EventID = ${id} AND TargetUserName = '${name}'`)).resolves.toBe(1),
  );
  it('clears the log', () => expect(count('SecurityEvent', `EventID = 1102`)).resolves.toBe(1));
  it('dumps credentials', () => expect(count('DeviceProcessEvents', `ProcessCommandLine LIKE '%comsvcs.dll, MiniDump%'`)).resolves.toBe(2));
  it('archives', () =>
    expect(
      count('DeviceFileEvents', `FileName LIKE 'fin-q3.7z.%' AND ActionType = 'FileCreated' AND FileSize = ${counts.archivePartBytes}`),
    ).resolves.toBe(counts.archiveParts));
  it('uploads more than the archive', async () => {
    const [row] = await file.rows(
      `SELECT count(*)::INT AS sessions, sum(SentBytes)::DOUBLE AS bytes FROM CommonSecurityLog WHERE DestinationIP = '${dropIp}' AND DestinationHostName = '${dropDomain}'`,
    );
    expect(row?.['sessions']).toBe(counts.uploadSessions);
    expect(Number(row?.['bytes'])).toBeGreaterThan(counts.archiveParts * counts.archivePartBytes);
  });
});

describe('the incidents of the sample', () => {
  it('are many', () => expect(sample.incidents.length).toBeGreaterThanOrEqual(12));
  it('have comments, owners and classifications', () => {
    expect(sample.incidents.filter(({ comments }) => comments.length > 0).length).toBeGreaterThan(8);
    expect(sample.incidents.filter(({ incident }) => incident.owner).length).toBeGreaterThan(8);
    expect(sample.incidents.every(({ incident }) => (incident.status === 'Closed') === (incident.classification !== undefined))).toBe(true);
  });
  it('agree with the table SecurityIncident', async () => {
    const rows =
      await file.rows(`SELECT IncidentNumber, Title, Severity, Status, Classification, json_array_length(Comments) AS comments FROM SecurityIncident
      QUALIFY row_number() OVER (PARTITION BY IncidentNumber ORDER BY LastModifiedTime DESC) = 1 ORDER BY 1`);
    expect(rows.map((row) => Object.values(row).map(String))).toEqual(
      sample.incidents.map(({ incident: { number, title, severity, status, classification, commentCount } }) =>
        [number, title, severity, status, classification ?? '', commentCount].map(String),
      ),
    );
  });
  it('agree with the table SecurityAlert', async () => {
    const rows = await file.rows(`SELECT SystemAlertId FROM SecurityAlert WHERE ExtendedProperties LIKE '%IncidentNumber%' ORDER BY 1`);
    expect(rows.map((row) => row['SystemAlertId'])).toEqual(sample.incidents.flatMap(({ alerts }) => alerts.map(({ id }) => id)).sort());
  });
  it('lie in the past, in order', () => {
    for (const { incident, alerts, comments } of sample.incidents) {
      const { createdTime, lastModifiedTime, firstActivityTime, lastActivityTime } = incident;
      expect([firstActivityTime, lastActivityTime, createdTime, lastModifiedTime].toSorted(), incident.title).toEqual([
        firstActivityTime,
        lastActivityTime,
        createdTime,
        lastModifiedTime,
      ]);
      expect(lastModifiedTime < now.toISOString()).toBe(true);
      expect(alerts.length).toBe(incident.alertCount);
      expect(
        comments.every((comment) => comment.createdTime <= lastModifiedTime),
        incident.title,
      ).toBe(true);
    }
  });
});
