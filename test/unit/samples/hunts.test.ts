import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  backdoorAccount,
  counts,
  hosts,
  implant,
  inboxRule,
  infrastructure,
  lure,
  maliciousApp,
  secondVictim,
  stolenAdminAccount,
  stolenServiceAccount,
  times,
  victim,
} from '../../../src/workspaces/sample/attack';
import { startOfDay } from '../../../src/workspaces/sample/storyTime';
import { HuntBench, type HuntRun, type Row, samples } from './runHunt';

const now = new Date('2026-03-13T15:30:00Z');
const bench = new HuntBench(now);
const runs = new Map<string, HuntRun>();

const hunts = [
  ...['first-steps', 'password-spray', 'mfa-fatigue', 'mailbox-rules-and-consent'],
  ...['encoded-powershell', 'beacons', 'lateral-movement', 'exfiltration'],
];

beforeAll(async () => {
  await bench.connect({ kind: 'sample' });
  for (const hunt of hunts) runs.set(hunt, await bench.run(path.join(samples, 'hunts', `${hunt}.ipynb`)));
}, 300_000);
afterAll(() => bench.dispose());

function run(hunt: string): HuntRun {
  const found = runs.get(hunt);
  if (!found) throw new Error(`${hunt} did not run`);
  return found;
}

/** Values of one column, or rows with these columns alone. */
const column = (rows: readonly Row[], name: string): unknown[] => rows.map((row) => row[name]);
const pick = (rows: readonly Row[], ...names: string[]): Row[] =>
  rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));

/** A time of the story as results have it, to the second. */
const second = (offset: number): string => new Date(startOfDay(now) + offset).toISOString().slice(0, 19);
const seconds = (rows: readonly Row[], name: string): unknown[] => column(rows, name).map((time) => String(time).slice(0, 19));

const device = (name: string): string => `${name.toLowerCase()}.contoso.local`;
const fileServerAddress = '10.20.1.21';
const applicationServerAddress = '10.20.1.12';

describe.each(hunts)('%s', (hunt) => {
  it('runs from beginning to end', () => {
    expect(run(hunt).failures).toEqual([]);
    expect(run(hunt).warnings).toEqual([]);
  });
});

describe('first-steps', () => {
  it('shows a table of more than 50,000 rows', () => {
    expect(run('first-steps').rowCounts.get('big-table')).toBeGreaterThan(50_000);
  });

  it('has something to show in each cell', () => {
    expect([...run('first-steps').rowCounts].filter(([, count]) => count === 0)).toEqual([]);
  });
});

describe('password-spray', () => {
  const hunt = 'password-spray';

  it('finds the spraying network and nothing else', () => {
    const [start] = seconds(run(hunt).rows('spray_sources'), 'SprayStart');
    expect(pick(run(hunt).rows('spray_sources'), 'Network', 'Accounts', 'Addresses', 'Failures', 'Successes')).toEqual([
      {
        Network: infrastructure.sprayRange,
        Accounts: counts.sprayedAccounts,
        Addresses: infrastructure.sprayOctets.length,
        Failures: counts.sprayedAccounts * counts.sprayAttemptsEach - 1,
        Successes: 1,
      },
    ]);
    expect(String(start) >= second(times.spray.start)).toBe(true);
  });

  it('finds the one account whose password was found', () => {
    expect(pick(run(hunt).rows('compromised'), 'UserPrincipalName', 'SprayAddresses')).toEqual([
      { UserPrincipalName: victim.upn, SprayAddresses: [infrastructure.sprayHitIp] },
    ]);
    expect(seconds(run(hunt).rows('compromised'), 'FirstSuccess')).toEqual([second(times.spray.hit)]);
    expect(column(run(hunt).rows('compromised-who'), 'Department')).toEqual(['IT']);
  });

  it('counts the accounts that were locked out', () => {
    expect(run(hunt).rows('locked_out')).toHaveLength(counts.lockedOut);
  });

  it("finds the operator's own address and what was done from it", () => {
    expect(pick(run(hunt).rows('new_addresses'), 'UserPrincipalName', 'IPAddress', 'Location')).toEqual([
      { UserPrincipalName: victim.upn, IPAddress: infrastructure.operatorIp, Location: infrastructure.operatorCountry },
    ]);
    const activities = column(run(hunt).rows('after_activity'), 'Activity');
    expect(activities).toEqual(expect.arrayContaining(['MailItemsAccessed', 'New-InboxRule', 'Consent to application', 'FileDownloaded']));
  });
});

describe('mfa-fatigue', () => {
  const hunt = 'mfa-fatigue';

  it('finds the approval after the prompts, and no other', () => {
    expect(pick(run(hunt).rows('approved'), 'UserPrincipalName', 'IPAddress', 'Location', 'Denials')).toEqual([
      {
        UserPrincipalName: victim.upn,
        IPAddress: infrastructure.operatorIp,
        Location: infrastructure.operatorCountry,
        Denials: counts.mfaDenials,
      },
    ]);
    expect(seconds(run(hunt).rows('approved'), 'ApprovedAt')).toEqual([second(times.mfaFatigue.approved)]);
    expect(run(hunt).rows('resisted')).toEqual([]);
  });

  it('sees unusual countries: the traveller too, as the notebook says', () => {
    expect(pick(run(hunt).rows('unusual_countries'), 'UserPrincipalName', 'Location')).toEqual([
      { UserPrincipalName: 'grace.okonkwo@contoso.com', Location: 'JP' },
      { UserPrincipalName: victim.upn, Location: infrastructure.sprayCountry },
      { UserPrincipalName: victim.upn, Location: infrastructure.operatorCountry },
    ]);
  });

  it('separates the traveller from the victim', () => {
    expect(pick(run(hunt).rows('fatigue_and_unusual'), 'UserPrincipalName', 'Location')).toEqual([
      { UserPrincipalName: victim.upn, Location: infrastructure.operatorCountry },
    ]);
  });

  it('follows the tokens and the consent', () => {
    expect(new Set(column(run(hunt).rows('token_use'), 'IPAddress'))).toEqual(new Set([infrastructure.operatorIp]));
    const fromOperator = run(hunt).rows('directory_changes').filter((row) => row['ActorAddress'] === infrastructure.operatorIp);
    expect(column(fromOperator, 'OperationName')).toEqual(['Add service principal', 'Add delegated permission grant', 'Consent to application']);
  });
});

describe('mailbox-rules-and-consent', () => {
  const hunt = 'mailbox-rules-and-consent';

  it('finds the rule among many', () => {
    expect(run(hunt).rows('rules').length).toBeGreaterThan(20);
    expect(pick(run(hunt).rows('suspicious_rules'), 'UserId', 'ClientIP', 'Rule', 'ForwardsTo', 'Folder', 'Words', 'Signs')).toEqual([
      {
        UserId: victim.upn,
        ClientIP: infrastructure.operatorIp,
        Rule: inboxRule.name,
        ForwardsTo: infrastructure.forwardingAddress,
        Folder: inboxRule.folder,
        Words: inboxRule.words,
        Signs: 5,
      },
    ]);
  });

  it('counts what the operator read', () => {
    const fromRule = run(hunt).rows('mailbox_readers').filter((row) => row['SameAsRule'] === true);
    expect(pick(fromRule, 'ClientIP', 'Reads')).toEqual([{ ClientIP: infrastructure.operatorIp, Reads: counts.mailboxReads }]);
  });

  it('finds the app and the address it works from', () => {
    expect(pick(run(hunt).rows('risky_consents'), 'App', 'Actor', 'From')).toEqual([
      { App: maliciousApp.name, Actor: victim.upn, From: [infrastructure.operatorIp] },
    ]);
    expect(pick(run(hunt).rows('app_signins'), 'AppId', 'IPAddress')).toEqual([{ AppId: maliciousApp.appId, IPAddress: infrastructure.commandIp }]);
  });

  it('finds the internal phishing and who clicked', () => {
    expect(pick(run(hunt).rows('internal_phishing'), 'Sender', 'Subject', 'RecipientCount', 'Messages')).toEqual([
      { Sender: victim.upn, Subject: lure.subject, RecipientCount: counts.lureRecipients, Messages: [lure.networkMessageId] },
    ]);
    const clicks = pick(run(hunt).rows('clicks'), 'AccountUpn', 'IsClickedThrough', 'Url');
    expect(clicks).toContainEqual({ AccountUpn: secondVictim.upn, IsClickedThrough: true, Url: lure.url });
    expect(clicks.filter((click) => click['IsClickedThrough'] === true)).toHaveLength(1);
  });
});

describe('encoded-powershell', () => {
  const hunt = 'encoded-powershell';
  const workstation = device(secondVictim.workstation);
  const server = device(hosts.application);

  it('decodes scripts and keeps the two rare ones', () => {
    expect(run(hunt).rows('encoded').length).toBeGreaterThan(100);
    const scripts = run(hunt).rows('rare_scripts');
    expect(pick(scripts, 'On', 'Loads')).toEqual([
      { On: [workstation], Loads: true },
      { On: [server], Loads: true },
    ]);
    expect(column(scripts, 'Url')).toEqual([
      `https://${infrastructure.commandDomain}/a/init.ps1`,
      `https://${infrastructure.commandDomain}/a/ws.bin`,
    ]);
  });

  it('follows the tree to the implant and to what it ran', () => {
    const tree = run(hunt).rows('process_tree').map((row) => `${String(row['DeviceName'])} ${String(row['Tree'])}`);
    expect(tree).toEqual(
      expect.arrayContaining([`${workstation} └─ ${implant.file}`, `${server} └─ ${implant.file}`, `${server}    └─ nltest.exe`, `${server}    └─ rundll32.exe`]),
    );
    expect(new Set(column(run(hunt).rows('process_tree'), 'DeviceName'))).toEqual(new Set([workstation, server]));
  });

  it('finds the implant on every machine that has it', () => {
    expect(column(run(hunt).rows('tree_files'), 'FileName')).toContain(implant.file);
    expect(column(run(hunt).rows('tree_network'), 'RemoteIP')).toContain(infrastructure.commandIp);
    const spread = run(hunt).rows('spread').filter((row) => row['SHA256'] === implant.sha256);
    expect(new Set(spread.flatMap((row) => row['Devices'] as string[]))).toEqual(new Set([workstation, server, device(hosts.fileServer)]));
    expect(run(hunt).rows('spread')).toHaveLength(spread.length);
  });

  it('names the caller of the run command', () => {
    const [rarest] = run(hunt).rows('run_commands');
    expect(rarest).toMatchObject({ Caller: victim.upn, CallerIpAddress: infrastructure.operatorIp, Commands: 1 });
  });
});

describe('beacons', () => {
  const hunt = 'beacons';

  it('finds both beacons and nothing else', () => {
    const beacons = run(hunt).rows('beacons');
    expect(pick(beacons, 'DeviceName', 'RemoteIP')).toEqual([
      { DeviceName: device(hosts.application), RemoteIP: infrastructure.commandIp },
      { DeviceName: device(secondVictim.workstation), RemoteIP: infrastructure.commandIp },
    ]);
    const [server, workstation] = column(beacons, 'MeanGap').map(Number);
    expect(server).toBeCloseTo(times.serverBeacon.interval / 1000, -1);
    expect(Math.abs((workstation ?? 0) - times.workstationBeacon.interval / 1000)).toBeLessThan(20);
  });

  it('confirms them', () => {
    expect(column(run(hunt).rows('intelligence'), 'RemoteIP')).toEqual([infrastructure.commandIp]);
    expect(column(run(hunt).rows('names'), 'Name').sort()).toEqual([infrastructure.commandDomain, infrastructure.lureHost].sort());
    expect(run(hunt).rows('firewall')).toHaveLength(2);
  });
});

describe('lateral-movement', () => {
  const hunt = 'lateral-movement';

  it('finds the stolen account, its source and its targets, and no scanner', () => {
    const [found, ...others] = run(hunt).rows('fan_out');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ User: stolenServiceAccount, Source: applicationServerAddress, Targets: 6 });
    expect(new Set(found?.['Reached'] as string[])).toEqual(new Set([device('FS01'), device('SQL01'), device('BKP01')]));
    expect(new Set(found?.['Refused'] as string[])).toEqual(new Set([device('DC01'), device('DC02'), device('WEB01')]));
    expect(column(run(hunt).rows('source_machines'), 'DeviceName')).toEqual([device(hosts.application)]);
  });

  it('finds the service, the dumps and the next hop', () => {
    expect(column(run(hunt).rows('remote_services'), 'ServiceName')).toContain(implant.service);
    expect(seconds(run(hunt).rows('credential_dumping'), 'TimeGenerated')).toEqual(
      expect.arrayContaining([times.firstDump, times.secondDump, times.directoryCopy].map(second)),
    );
    expect(pick(run(hunt).rows('next_hop'), 'User', 'Target')).toEqual([{ User: stolenAdminAccount, Target: device(hosts.domainController) }]);
  });

  it('finds what stays behind', () => {
    expect(pick(run(hunt).rows('backdoors'), 'NewAccount', 'CreatedBy', 'Group')).toEqual([
      { NewAccount: backdoorAccount, CreatedBy: stolenAdminAccount, Group: 'Domain Admins' },
    ]);
    expect(column(run(hunt).rows('tracks'), 'EventID')).toEqual([4698, 1102]);
  });

  it('tells it in order', () => {
    const machines = seconds(run(hunt).rows('timeline'), 'TimeGenerated');
    expect(machines).toEqual([...machines].sort());
    expect(machines.length).toBeGreaterThanOrEqual(9);
  });
});

describe('exfiltration', () => {
  const hunt = 'exfiltration';

  it('finds the upload, and not the backup', () => {
    const uploads = run(hunt).rows('large_uploads');
    expect(pick(uploads, 'SourceIP', 'DestinationIP', 'Sessions')).toEqual([
      { SourceIP: fileServerAddress, DestinationIP: infrastructure.dropIp, Sessions: counts.uploadSessions },
    ]);
    expect(Number(uploads[0]?.['Sent'])).toBeGreaterThan(counts.archiveParts * counts.archivePartBytes);
  });

  it('names machine, process and archive', () => {
    expect(pick(run(hunt).rows('upload_processes'), 'DeviceName', 'InitiatingProcessFileName', 'Names')).toEqual([
      { DeviceName: device(hosts.fileServer), InitiatingProcessFileName: 'rclone.exe', Names: [infrastructure.dropDomain] },
    ]);
    const [largest] = run(hunt).rows('archives');
    expect(largest).toMatchObject({ Folder: implant.folder, InitiatingProcessFileName: '7z.exe', Files: counts.archiveParts });
    expect(column(run(hunt).rows('tools'), 'FileName')).toEqual(['7z.exe', 'rclone.exe']);
  });

  it('finds the mass download from an address that is not the owner’s', () => {
    expect(pick(run(hunt).rows('mass_downloads'), 'UserId', 'ClientIP', 'Files')).toEqual([
      { UserId: victim.upn, ClientIP: infrastructure.operatorIp, Files: counts.filesDownloaded },
    ]);
    const [history] = run(hunt).rows('address_history');
    expect(String(history?.['FirstFromElsewhere']) < String(history?.['FirstFromAddress'])).toBe(true);
  });

  it('finds the cleared log after the upload', () => {
    expect(pick(run(hunt).rows('cleared_logs'), 'Computer', 'AfterUpload')).toEqual([{ Computer: 'FS01.contoso.local', AfterUpload: true }]);
  });
});
