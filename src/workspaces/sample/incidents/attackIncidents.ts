import {
  backdoorAccount,
  hosts,
  implant,
  infrastructure,
  inboxRule,
  lure,
  maliciousApp,
  secondVictim,
  serverPowerShell,
  stolenAdminAccount,
  stolenServiceAccount,
  times,
  victim,
  workstationPowerShell,
} from '../attack';
import { at, MINUTE } from '../storyTime';
import { sprayedPeople } from '../tables/signins';
import { resourceId } from '../world/company';
import type { World } from '../world/world';
import { accountEntity, analysts, hostEntity, type IncidentPlan, ipEntity } from './incidentPlan';

/** The incidents that the detections of the workspace raised on the attack, 1040 to 1048. */
export function attackIncidents(world: World): readonly IncidentPlan[] {
  const nora = accountEntity(world.person(victim.name));
  const tomas = accountEntity(world.person(secondVictim.name));
  const service = accountEntity(world.serviceAccount(stolenServiceAccount));
  const admin = accountEntity(world.serviceAccount(stolenAdminAccount));
  const server = hostEntity(world.device(hosts.application));
  const fileServer = hostEntity(world.device(hosts.fileServer));
  const controller = hostEntity(world.device(hosts.domainController));
  const workstation = hostEntity(world.device(secondVictim.workstation));
  const operator = ipEntity(infrastructure.operatorIp, infrastructure.operatorCountry);
  const command = ipEntity(infrastructure.commandIp);
  const implantFile = { kind: 'File', name: implant.file, directory: implant.folder } as const;
  const implantHash = { kind: 'FileHash', algorithm: 'SHA256', value: implant.sha256 } as const;

  return [
    {
      number: 1040,
      title: 'Password spray against 62 accounts from a hosting range',
      description: `Failed sign-ins for many accounts from ${infrastructure.sprayRange} within three and a half hours, one account signed in.`,
      severity: 'Medium',
      status: 'Active',
      owner: analysts.lucas,
      created: at(-3, '04:50:12'),
      modified: at(-1, '08:31:40'),
      labels: ['password-spray'],
      alerts: [
        { name: 'Password spray attack', description: 'One password was tried on many accounts.', severity: 'High', product: 'Microsoft Entra ID Protection', start: times.spray.start, end: times.spray.end, tactics: ['CredentialAccess'], techniques: ['T1110.003'] },
        { name: 'Successful sign-in after failures from the same address', description: 'An address with failures on several accounts signed in to one.', severity: 'Medium', product: 'Azure Sentinel', start: times.spray.hit - 5 * MINUTE, end: times.spray.hit, tactics: ['InitialAccess', 'CredentialAccess'], techniques: ['T1078.004', 'T1110.003'] },
      ],
      entities: [nora, ...sprayedPeople(world).slice(1, 8).map(accountEntity), ipEntity(infrastructure.sprayHitIp, infrastructure.sprayCountry), ipEntity('203.0.113.11', 'NL'), ipEntity('203.0.113.24', 'NL')],
      comments: [
        { author: analysts.lucas.name, time: at(-3, '08:55'), message: 'Range is a hosting provider. Most attempts are `50126`, some accounts locked. **One success: nora.lindqvist**, legacy protocol. Asked her, waiting for an answer.' },
        { author: analysts.priya.name, time: at(-1, '08:31'), message: 'Nora says she never used SMTP. Linking with #1041 and #1042.' },
      ],
    },
    {
      number: 1041,
      title: 'Repeated MFA denials, then approval from an unusual country',
      description: `Twelve declined or unanswered MFA prompts for ${victim.upn} from ${infrastructure.operatorIp}, then one approval. The account has not signed in from there before.`,
      severity: 'High',
      status: 'New',
      created: at(-3, '06:45:03'),
      modified: at(-3, '06:45:03'),
      labels: ['identity'],
      alerts: [
        { name: 'MFA fatigue', description: 'Many MFA prompts were denied before one was approved.', severity: 'High', product: 'Azure Sentinel', start: times.mfaFatigue.start, end: times.mfaFatigue.approved, tactics: ['CredentialAccess'], techniques: ['T1621'] },
        { name: 'Unfamiliar sign-in properties', description: 'Sign-in with properties not seen for this user.', severity: 'Medium', product: 'Microsoft Entra ID Protection', start: times.unusualSignIn, end: times.unusualSignIn, tactics: ['InitialAccess'], techniques: ['T1078.004'] },
      ],
      entities: [nora, operator],
      comments: [],
    },
    {
      number: 1042,
      title: 'Inbox rule that hides invoices and consent to an unknown application',
      description: `${victim.upn} made a rule that forwards and hides mails about invoices, and consented to ${maliciousApp.name}.`,
      severity: 'Medium',
      status: 'New',
      created: at(-3, '07:30:44'),
      modified: at(-3, '07:30:44'),
      labels: ['mailbox'],
      alerts: [
        { name: 'Suspicious inbox manipulation rule', description: `The rule "${inboxRule.name}" forwards to ${infrastructure.forwardingAddress}.`, severity: 'Medium', product: 'Microsoft Defender for Office 365', start: times.inboxRule, end: times.inboxRule, tactics: ['Persistence', 'DefenseEvasion'], techniques: ['T1564.008', 'T1114.003'] },
        { name: 'Consent to an application with mail and file access', description: `Consent to ${maliciousApp.name}: ${maliciousApp.scope}.`, severity: 'Medium', product: 'Azure Sentinel', start: times.consent, end: times.consent, tactics: ['Persistence', 'CredentialAccess'], techniques: ['T1528'] },
      ],
      entities: [nora, operator, { kind: 'Mailbox', address: victim.upn }, { kind: 'CloudApplication', name: maliciousApp.name, appId: maliciousApp.appId }],
      comments: [],
    },
    {
      number: 1043,
      title: 'Phishing mail sent from an internal account',
      description: `Six people of Finance got a mail from ${victim.upn} with a link to ${infrastructure.lureHost}; one opened it.`,
      severity: 'Medium',
      status: 'Active',
      owner: analysts.amara,
      created: at(-2, '10:05:27'),
      modified: at(-2, '16:40:00'),
      labels: ['phishing'],
      alerts: [
        { name: 'A potentially malicious URL click was detected', description: 'A person clicked a link that was later found malicious.', severity: 'High', product: 'Microsoft Defender for Office 365', start: times.lureClicked, end: times.lureClicked, tactics: ['InitialAccess'], techniques: ['T1534', 'T1566.002'] },
      ],
      entities: [nora, tomas, { kind: 'Url', url: lure.url }, { kind: 'Mailbox', address: secondVictim.upn }, workstation],
      comments: [{ author: analysts.amara.name, time: at(-2, '16:40'), message: `Mails removed from the six mailboxes. \`${lure.file}\` was downloaded on ${secondVictim.workstation}; looking at the device.` }],
    },
    {
      number: 1044,
      title: `Run command on ${hosts.applicationVm} followed by encoded PowerShell`,
      description: `${victim.upn} used run command on the virtual machine ${hosts.applicationVm}; minutes later an encoded PowerShell command ran as SYSTEM. The same loader runs on ${secondVictim.workstation}.`,
      severity: 'High',
      status: 'New',
      created: at(-2, '22:25:31'),
      modified: at(-2, '22:25:31'),
      labels: ['cloud-to-host'],
      alerts: [
        { name: 'Suspicious use of VM run command', description: 'Run command by an account and address that never used it.', severity: 'Medium', product: 'Microsoft Defender for Cloud', start: times.runCommand.start, end: times.runCommand.succeeded, tactics: ['Execution'], techniques: ['T1651'] },
        { name: 'Suspicious encoded PowerShell', description: 'PowerShell with an encoded command that downloads a program.', severity: 'High', product: 'Microsoft Defender for Endpoint', start: times.serverRun, end: times.serverRun + MINUTE, tactics: ['Execution', 'DefenseEvasion'], techniques: ['T1059.001', 'T1027'] },
      ],
      entities: [
        nora,
        operator,
        server,
        workstation,
        { kind: 'AzureResource', resourceId: resourceId('microsoft.compute/virtualmachines', hosts.applicationVm) },
        { kind: 'Process', name: 'powershell.exe', commandLine: serverPowerShell, processId: '5236', host: hosts.application },
        { kind: 'Process', name: 'powershell.exe', commandLine: workstationPowerShell, processId: '8120', host: secondVictim.workstation },
        implantFile,
        implantHash,
      ],
      comments: [],
    },
    {
      number: 1045,
      title: `Regular connections to the known command server ${infrastructure.commandDomain}`,
      description: 'Two hosts connect at regular intervals to an address and a domain that threat intelligence names.',
      severity: 'High',
      status: 'Active',
      owner: analysts.priya,
      created: at(-1, '00:10:09'),
      modified: at(-1, '14:20:00'),
      labels: ['c2', 'paper-lantern'],
      alerts: [
        { name: 'Indicator match in firewall traffic', description: `${infrastructure.commandIp} is a known command server.`, severity: 'High', product: 'Azure Sentinel', start: times.workstationBeacon.start, end: at(-1, '00:05'), tactics: ['CommandAndControl'], techniques: ['T1071.001'] },
        { name: 'Beaconing pattern', description: 'Connections of equal size at equal intervals.', severity: 'Medium', product: 'Azure Sentinel', start: times.serverBeacon.start, end: at(-1, '00:05'), tactics: ['CommandAndControl'], techniques: ['T1071.001', 'T1573'] },
      ],
      entities: [server, workstation, command, { kind: 'DnsResolution', domain: infrastructure.commandDomain }, implantFile, implantHash],
      comments: [
        { author: analysts.priya.name, time: at(-1, '10:46'), message: `${secondVictim.workstation} isolated.` },
        { author: analysts.priya.name, time: at(-1, '14:20'), message: `${hosts.application} isolated after the owners moved the invoice workflow. Still to do: where else did it go?` },
      ],
    },
    {
      number: 1046,
      title: `Service installed remotely on ${hosts.fileServer} with a service account`,
      description: `${stolenServiceAccount} logged on to several servers from ${hosts.application}, where it never works, and installed the service ${implant.service}.`,
      severity: 'High',
      status: 'Active',
      owner: analysts.priya,
      created: at(-1, '00:55:18'),
      modified: at(-1, '11:05:00'),
      labels: ['lateral-movement'],
      alerts: [
        { name: 'Remote service creation', description: 'A service was created over the network from a program in the Windows folder.', severity: 'High', product: 'Azure Sentinel', start: times.lateralMovement.start, end: times.remoteService, tactics: ['LateralMovement', 'Persistence'], techniques: ['T1021.002', 'T1543.003'] },
        { name: 'LSASS memory was dumped', description: 'rundll32 with comsvcs.dll wrote the memory of lsass.', severity: 'High', product: 'Microsoft Defender for Endpoint', start: times.firstDump, end: times.firstDump, tactics: ['CredentialAccess'], techniques: ['T1003.001'] },
      ],
      entities: [service, server, fileServer, hostEntity(world.device('SQL01')), hostEntity(world.device('BKP01')), ipEntity(world.device(hosts.application).ip), implantFile],
      comments: [{ author: analysts.priya.name, time: at(-1, '11:05'), message: `Password of ${stolenServiceAccount} changed. Backup jobs will fail tonight.` }],
    },
    {
      number: 1047,
      title: `Directory database copied on ${hosts.domainController}`,
      description: `${stolenAdminAccount} logged on to ${hosts.domainController} by remote desktop from ${hosts.application} at night, copied the directory database and made the account ${backdoorAccount} a domain administrator.`,
      severity: 'High',
      status: 'New',
      created: at(-1, '01:58:51'),
      modified: at(-1, '01:58:51'),
      labels: ['domain-compromise'],
      alerts: [
        { name: 'Copy of NTDS.dit with ntdsutil', description: 'The directory database was written as installation media.', severity: 'High', product: 'Microsoft Defender for Endpoint', start: times.directoryCopy, end: times.directoryCopy, tactics: ['CredentialAccess'], techniques: ['T1003.003'] },
        { name: 'New account added to Domain Admins', description: `${backdoorAccount} was created and added within a minute.`, severity: 'High', product: 'Azure Sentinel', start: times.backdoorCreated, end: times.backdoorPrivileged, tactics: ['Persistence', 'PrivilegeEscalation'], techniques: ['T1136.002', 'T1098'] },
      ],
      entities: [admin, controller, server, { kind: 'Account', upn: `${backdoorAccount}@contoso.com`, name: backdoorAccount }, { kind: 'Process', name: 'ntdsutil.exe', commandLine: 'ntdsutil.exe "ac i ntds" "ifm" "create full C:\\ProgramData\\Telemetry\\ifm" q q', processId: '7020', host: hosts.domainController }],
      comments: [],
    },
    {
      number: 1048,
      title: `Large upload from ${hosts.fileServer} to a rare storage service`,
      description: `About 3.2 GB went from ${hosts.fileServer} to ${infrastructure.dropDomain} in six sessions, after an archive of the Finance share was made. The Security log was cleared afterwards.`,
      severity: 'High',
      status: 'New',
      created: at(-1, '04:05:36'),
      modified: at(-1, '04:05:36'),
      labels: ['exfiltration'],
      alerts: [
        { name: 'Unusual amount of data sent', description: 'A server sent far more than in the two weeks before to a domain nobody else uses.', severity: 'High', product: 'Azure Sentinel', start: times.upload.start, end: times.upload.end, tactics: ['Exfiltration'], techniques: ['T1567.002'] },
        { name: 'Security log cleared', description: `The Security log of ${hosts.fileServer} was cleared.`, severity: 'Medium', product: 'Azure Sentinel', start: times.logCleared, end: times.logCleared, tactics: ['DefenseEvasion'], techniques: ['T1070.001'] },
      ],
      entities: [fileServer, ipEntity(infrastructure.dropIp), { kind: 'DnsResolution', domain: infrastructure.dropDomain }, { kind: 'File', name: 'fin-q3.7z.001', directory: implant.folder }],
      comments: [],
    },
  ];
}
