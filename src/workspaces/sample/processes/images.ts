import { Random } from '../random';

/** A program file. The same file has the same hashes on every device. */
export interface Image {
  readonly file: string;
  readonly folder: string;
  readonly company: string;
  readonly description: string;
  readonly product: string;
  readonly version: string;
  readonly size: number;
  readonly sha256: string;
  readonly sha1: string;
  readonly md5: string;
  readonly signed: boolean;
}

export const system32 = 'C:\\Windows\\System32';
const office16 = 'C:\\Program Files\\Microsoft Office\\root\\Office16';

export const images = {
  services: windows('services.exe', 'Services and Controller app'),
  svchost: windows('svchost.exe', 'Host Process for Windows Services'),
  userinit: windows('userinit.exe', 'Userinit Logon Application'),
  explorer: windows('explorer.exe', 'Windows Explorer', 'C:\\Windows'),
  cmd: windows('cmd.exe', 'Windows Command Processor'),
  conhost: windows('conhost.exe', 'Console Window Host'),
  powershell: windows('powershell.exe', 'Windows PowerShell', `${system32}\\WindowsPowerShell\\v1.0`),
  wscript: windows('wscript.exe', 'Microsoft Windows Based Script Host'),
  rundll32: windows('rundll32.exe', 'Windows host process (Rundll32)'),
  whoami: windows('whoami.exe', 'whoami - displays logged on user information'),
  nltest: windows('nltest.exe', 'Microsoft Logon Server Test Utility'),
  net: windows('net.exe', 'Net Command'),
  net1: windows('net1.exe', 'Net Command'),
  reg: windows('reg.exe', 'Registry Console Tool'),
  schtasks: windows('schtasks.exe', 'Task Scheduler Configuration Tool'),
  ntdsutil: windows('ntdsutil.exe', 'NT5DS'),
  wevtutil: windows('wevtutil.exe', 'Eventing Command Line Utility'),
  taskhostw: windows('taskhostw.exe', 'Host Process for Windows Tasks'),
  runtimeBroker: windows('RuntimeBroker.exe', 'Runtime Broker'),
  backgroundTask: windows('backgroundTaskHost.exe', 'Background Task Host'),
  search: windows('SearchProtocolHost.exe', 'Microsoft Windows Search Protocol Host'),
  wmiprvse: windows('WmiPrvSE.exe', 'WMI Provider Host', `${system32}\\wbem`),
  tiworker: windows('TiWorker.exe', 'Windows Modules Installer Worker', 'C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack'),
  notepad: windows('notepad.exe', 'Notepad'),
  mstsc: windows('mstsc.exe', 'Remote Desktop Connection'),
  ipconfig: windows('ipconfig.exe', 'IP Configuration Utility'),
  tasklist: windows('tasklist.exe', 'Lists the current running tasks'),
  defender: image(
    'MsMpEng.exe',
    'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform',
    'Microsoft Corporation',
    'Antimalware Service Executable',
    'Microsoft Windows Operating System',
  ),
  sensor: image(
    'SenseIR.exe',
    'C:\\Program Files\\Windows Defender Advanced Threat Protection',
    'Microsoft Corporation',
    'Windows Defender for Endpoint',
    'Microsoft Windows Operating System',
  ),
  edge: image(
    'msedge.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
    'Microsoft Corporation',
    'Microsoft Edge',
    'Microsoft Edge',
  ),
  chrome: image('chrome.exe', 'C:\\Program Files\\Google\\Chrome\\Application', 'Google LLC', 'Google Chrome', 'Google Chrome'),
  outlook: image('OUTLOOK.EXE', office16, 'Microsoft Corporation', 'Microsoft Outlook', 'Microsoft Office'),
  excel: image('EXCEL.EXE', office16, 'Microsoft Corporation', 'Microsoft Excel', 'Microsoft Office'),
  word: image('WINWORD.EXE', office16, 'Microsoft Corporation', 'Microsoft Word', 'Microsoft Office'),
  powerpoint: image('POWERPNT.EXE', office16, 'Microsoft Corporation', 'Microsoft PowerPoint', 'Microsoft Office'),
  teams: image('ms-teams.exe', 'C:\\Program Files\\WindowsApps\\MSTeams', 'Microsoft Corporation', 'Microsoft Teams', 'Microsoft Teams'),
  oneDrive: image(
    'OneDrive.exe',
    'C:\\Program Files\\Microsoft OneDrive',
    'Microsoft Corporation',
    'Microsoft OneDrive',
    'Microsoft OneDrive',
  ),
  acrobat: image('Acrobat.exe', 'C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat', 'Adobe Inc.', 'Adobe Acrobat', 'Adobe Acrobat'),
  code: image('Code.exe', 'C:\\Program Files\\Microsoft VS Code', 'Microsoft Corporation', 'Visual Studio Code', 'Visual Studio Code'),
  git: image('git.exe', 'C:\\Program Files\\Git\\cmd', 'The Git Development Community', 'Git for Windows', 'Git'),
  node: image('node.exe', 'C:\\Program Files\\nodejs', 'Node.js', 'Node.js JavaScript Runtime', 'Node.js'),
  ccmExec: image(
    'CcmExec.exe',
    'C:\\Windows\\CCM',
    'Microsoft Corporation',
    'Host Process for Configuration Manager',
    'Configuration Manager',
  ),
  guestAgent: image(
    'WindowsAzureGuestAgent.exe',
    'C:\\WindowsAzure\\GuestAgent_2.7.41491.1107',
    'Microsoft Corporation',
    'Windows Azure Guest Agent',
    'Windows Azure',
  ),
  runCommand: image(
    'RunCommandExtension.exe',
    'C:\\Packages\\Plugins\\Microsoft.CPlat.Core.RunCommandWindows\\1.1.18\\bin',
    'Microsoft Corporation',
    'RunCommandExtension',
    'Windows Azure',
  ),
  sqlServer: image(
    'sqlservr.exe',
    'C:\\Program Files\\Microsoft SQL Server\\MSSQL16.MSSQLSERVER\\MSSQL\\Binn',
    'Microsoft Corporation',
    'SQL Server Windows NT',
    'Microsoft SQL Server',
  ),
  monitor: image('ContosoMonitor.exe', 'C:\\Program Files\\Contoso\\Monitor', 'Contoso Ltd', 'Contoso Monitoring Agent', 'Contoso Monitor'),
  backup: image('VaultBackup.exe', 'C:\\Program Files\\Vault Backup', 'Vault Software', 'Vault Backup Agent', 'Vault Backup'),
  iis: windows('w3wp.exe', 'IIS Worker Process', `${system32}\\inetsrv`),
  sevenZip: image('7z.exe', 'C:\\Program Files\\7-Zip', 'Igor Pavlov', '7-Zip Console', '7-Zip'),
  rclone: image('rclone.exe', 'C:\\ProgramData\\Telemetry', 'https://rclone.org', 'Rsync for cloud storage', 'Rclone', false),
} as const;

function windows(file: string, description: string, folder: string = system32): Image {
  return image(file, folder, 'Microsoft Corporation', description, 'Microsoft Windows Operating System');
}

function image(file: string, folder: string, company: string, description: string, product: string, signed = true): Image {
  const random = new Random(`image ${file}`);
  return {
    file,
    folder,
    company,
    description,
    product,
    version: `${random.whole(1, 24)}.${random.whole(0, 12)}.${random.whole(1000, 26100)}.${random.whole(1, 4000)}`,
    size: random.whole(24_000, 5_200_000),
    sha256: random.hex(64),
    sha1: random.hex(40),
    md5: random.hex(32),
    signed,
  };
}
