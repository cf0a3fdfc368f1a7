import { inventoryPowerShell } from '../processes/usualProcesses';
import { at, MINUTE } from '../storyTime';
import { blockedIndicatorAddresses } from '../tables/threatIntelligence';
import type { World } from '../world/world';
import { accountEntity, analysts, hostEntity, type IncidentPlan, ipEntity } from './incidentPlan';

/** What every security team has besides the attack: 1030 to 1039, most of it closed. */
export function noiseIncidents(world: World): readonly IncidentPlan[] {
  const grace = accountEntity(world.person('grace.okonkwo'));
  const derek = accountEntity(world.person('derek.vance'));
  const scanner = hostEntity(world.device('SCAN01'));
  const database = hostEntity(world.device('SQL01'));
  const webServers = [hostEntity(world.device('LNX-WEB01')), hostEntity(world.device('LNX-WEB02'))];
  const indian = world.device('WS-BLR-004');
  return [
    {
      number: 1030,
      title: 'Many failed logons of svc-sql on SQL01',
      description: 'A service account failed to log on several hundred times in a day.',
      severity: 'Low',
      status: 'Closed',
      owner: analysts.lucas,
      created: at(-6, '05:12:00'),
      modified: at(-6, '15:20:00'),
      labels: [],
      alerts: [
        {
          name: 'Brute force against a service account',
          description: 'More than 100 failed logons within an hour.',
          severity: 'Low',
          product: 'Azure Sentinel',
          start: at(-6, '04:00'),
          end: at(-6, '05:10'),
          tactics: ['CredentialAccess'],
          techniques: ['T1110'],
        },
      ],
      entities: [accountEntity(world.serviceAccount('svc-sql')), database],
      comments: [
        {
          author: analysts.lucas.name,
          time: at(-6, '15:18'),
          message: 'Password had expired (`0xc0000071`). Changed by the database team, logons are fine again.',
        },
      ],
      closing: { classification: 'FalsePositive', reason: 'InaccurateData', comment: 'Expired password of a service account.' },
    },
    {
      number: 1031,
      title: 'Connections from known scanners blocked at the firewall',
      description: 'Addresses on a watch list knocked at the Internet edge. All were denied.',
      severity: 'Informational',
      status: 'New',
      created: at(-1, '06:00:20'),
      modified: at(-1, '06:00:20'),
      labels: ['threat-intelligence'],
      alerts: [
        {
          name: 'Indicator match in denied traffic',
          description: 'Inbound, denied.',
          severity: 'Informational',
          product: 'Azure Sentinel',
          start: at(-2, '06:00'),
          end: at(-1, '06:00'),
          tactics: ['Reconnaissance'],
          techniques: ['T1595'],
        },
      ],
      entities: blockedIndicatorAddresses.map((address) => ipEntity(address)),
      comments: [],
    },
    {
      number: 1032,
      title: 'Role assigned outside of Privileged Identity Management',
      description: 'A person got the role Helpdesk Administrator directly.',
      severity: 'Low',
      status: 'Closed',
      owner: analysts.amara,
      created: at(-8, '11:40:00'),
      modified: at(-8, '13:02:00'),
      labels: ['identity'],
      alerts: [
        {
          name: 'Role assigned outside of PIM',
          description: 'Direct assignment of a directory role.',
          severity: 'Low',
          product: 'Azure Sentinel',
          start: at(-8, '11:21'),
          end: at(-8, '11:21'),
          tactics: ['PrivilegeEscalation', 'Persistence'],
          techniques: ['T1098.003'],
        },
      ],
      entities: [accountEntity(world.person('arjun.menon'))],
      comments: [
        { author: analysts.amara.name, time: at(-8, '13:01'), message: 'Change request CHG-2209, new colleague at the service desk.' },
      ],
      closing: { classification: 'BenignPositive', reason: 'SuspiciousButExpected', comment: 'Approved change.' },
    },
    {
      number: 1033,
      title: 'Phishing mail reported by a person',
      description: 'A person reported "Your mailbox is almost full". The filter had already moved the others to quarantine.',
      severity: 'Informational',
      status: 'Closed',
      owner: analysts.amara,
      created: at(-9, '15:33:00'),
      modified: at(-9, '16:10:00'),
      labels: ['phishing'],
      alerts: [
        {
          name: 'Email reported by user as malware or phish',
          description: 'Reported with the Outlook button.',
          severity: 'Informational',
          product: 'Microsoft Defender for Office 365',
          start: at(-9, '15:31'),
          end: at(-9, '15:31'),
          tactics: ['InitialAccess'],
          techniques: ['T1566'],
        },
      ],
      entities: [{ kind: 'Mailbox', address: world.people[3]?.upn ?? '' }],
      comments: [{ author: analysts.amara.name, time: at(-9, '16:09'), message: 'No clicks. Thanked the reporter.' }],
      closing: { classification: 'TruePositive', reason: 'SuspiciousActivity', comment: 'Blocked, nobody clicked.' },
    },
    {
      number: 1034,
      title: 'Mass download by an employee who is about to leave',
      description: 'Derek Vance downloaded 180 account plans from the Sales site in the evening; his last day is this week.',
      severity: 'Medium',
      status: 'Active',
      owner: analysts.amara,
      created: at(-5, '01:05:00'),
      modified: at(-5, '15:12:00'),
      labels: ['insider', 'hr'],
      alerts: [
        {
          name: 'Mass download',
          description: '180 files in twenty minutes by an account on the list of leavers.',
          severity: 'Medium',
          product: 'Azure Sentinel',
          start: at(-5, '00:24'),
          end: at(-5, '00:51'),
          tactics: ['Collection', 'Exfiltration'],
          techniques: ['T1530'],
        },
      ],
      entities: [derek, ipEntity(world.person('derek.vance').homeIp, 'US')],
      comments: [
        {
          author: analysts.amara.name,
          time: at(-5, '15:12'),
          message: 'HR and Legal informed. Access to Sales removed. He says he was tidying up.',
        },
      ],
    },
    {
      number: 1035,
      title: 'SSH password guessing against the public web servers',
      description: 'Continuous failed SSH logons from changing addresses. Password logon is disabled.',
      severity: 'Low',
      status: 'Active',
      owner: analysts.lucas,
      created: at(-10, '03:00:00'),
      modified: at(-4, '09:30:00'),
      labels: [],
      alerts: [
        {
          name: 'SSH brute force',
          description: 'More than 200 failures in an hour.',
          severity: 'Low',
          product: 'Microsoft Defender for Cloud',
          start: at(-10, '02:00'),
          end: at(-10, '03:00'),
          tactics: ['CredentialAccess'],
          techniques: ['T1110.001'],
        },
      ],
      entities: webServers,
      comments: [
        {
          author: analysts.lucas.name,
          time: at(-4, '09:30'),
          message: 'Waiting for the network team to close port 22 to the Internet (CHG-2231).',
        },
      ],
    },
    {
      number: 1036,
      title: 'Test virus quarantined on WS-BLR-004',
      description: 'The EICAR test file was found and removed.',
      severity: 'Low',
      status: 'Closed',
      owner: analysts.lucas,
      created: at(-7, '09:14:00'),
      modified: at(-7, '09:50:00'),
      labels: [],
      alerts: [
        {
          name: "'EICAR_Test_File' malware was prevented",
          description: 'Found in the Downloads folder.',
          severity: 'Low',
          product: 'Microsoft Defender for Endpoint',
          start: at(-7, '09:11'),
          end: at(-7, '09:11'),
          tactics: ['Execution'],
          techniques: ['T1204'],
        },
      ],
      entities: [
        hostEntity(indian),
        ...(indian.owner ? [accountEntity(indian.owner)] : []),
        { kind: 'File', name: 'eicar.com', directory: 'C:\\Users\\Public\\Downloads' },
      ],
      comments: [],
      closing: { classification: 'BenignPositive', reason: 'SuspiciousButExpected', comment: 'Test by IT.' },
    },
    {
      number: 1037,
      title: 'Encoded PowerShell on many workstations',
      description: 'The same encoded command ran on 72 workstations within hours.',
      severity: 'Medium',
      status: 'Closed',
      owner: analysts.priya,
      created: at(-12, '13:20:00'),
      modified: at(-11, '09:05:00'),
      labels: ['tuning'],
      alerts: [
        {
          name: 'Suspicious encoded PowerShell',
          description: 'PowerShell with an encoded command.',
          severity: 'Medium',
          product: 'Microsoft Defender for Endpoint',
          start: at(-12, '10:04'),
          end: at(-12, '13:15'),
          tactics: ['Execution'],
          techniques: ['T1059.001'],
        },
      ],
      entities: world.workstations
        .slice(0, 4)
        .map(hostEntity)
        .concat([{ kind: 'Process', name: 'powershell.exe', commandLine: inventoryPowerShell }]),
      comments: [
        {
          author: analysts.priya.name,
          time: at(-11, '09:04'),
          message: 'Inventory of the management agent, parent is `CcmExec.exe`. Rule tuned.',
        },
      ],
      closing: { classification: 'BenignPositive', reason: 'SuspiciousButExpected', comment: 'Inventory script of the management agent.' },
    },
    {
      number: 1038,
      title: 'Port scan and failed logons from SCAN01',
      description: 'One server touched eleven ports on all others and failed to log on.',
      severity: 'Medium',
      status: 'Closed',
      owner: analysts.lucas,
      created: at(-13, '02:40:00'),
      modified: at(-13, '09:20:00'),
      labels: ['tuning'],
      alerts: [
        {
          name: 'Internal port scan',
          description: 'More than ten ports on more than ten hosts.',
          severity: 'Medium',
          product: 'Azure Sentinel',
          start: at(-13, '02:00'),
          end: at(-13, '02:35'),
          tactics: ['Discovery'],
          techniques: ['T1046'],
        },
      ],
      entities: [scanner, accountEntity(world.serviceAccount('svc-scan')), ipEntity(world.device('SCAN01').ip)],
      comments: [{ author: analysts.lucas.name, time: at(-13, '09:19'), message: 'The vulnerability scanner, every night at two.' }],
      closing: { classification: 'BenignPositive', reason: 'SuspiciousButExpected', comment: 'Vulnerability scanner.' },
    },
    {
      number: 1039,
      title: 'Impossible travel: Singapore and Tokyo',
      description: 'grace.okonkwo@contoso.com signed in from Japan a few hours after Singapore.',
      severity: 'Medium',
      status: 'Closed',
      owner: analysts.amara,
      created: at(-5, '02:15:00'),
      modified: at(-5, '08:45:00'),
      labels: ['identity'],
      alerts: [
        {
          name: 'Impossible travel activity',
          description: 'Two countries within a short time.',
          severity: 'Medium',
          product: 'Microsoft Entra ID Protection',
          start: at(-5, '00:40') - 10 * MINUTE,
          end: at(-5, '02:10'),
          tactics: ['InitialAccess'],
          techniques: ['T1078.004'],
        },
      ],
      entities: [grace, ipEntity('198.19.81.81', 'JP')],
      comments: [
        { author: analysts.amara.name, time: at(-5, '08:44'), message: 'Business trip, announced. MFA satisfied from her own phone.' },
      ],
      closing: { classification: 'BenignPositive', reason: 'SuspiciousButExpected', comment: 'Announced travel.' },
    },
  ];
}
