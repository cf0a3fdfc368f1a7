import type { Generation } from '../generation';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE } from '../storyTime';
import type { Device } from '../world/devices';
import { momentIn, type Session } from '../world/sessions';
import { type Image, images, system32 } from './images';
import { accountOf, pathOf, type Process, type ProcessStart, startOf, systemAccount } from './processModel';

/** The management agent asks for the inventory; encoded, as such agents do. */
export const inventoryScript = 'Get-CimInstance -Namespace root/ccm -ClassName SMS_Client | Select-Object ClientVersion';
export const inventoryPowerShell = `powershell.exe -NoLogo -NonInteractive -NoProfile -ExecutionPolicy Bypass -EncodedCommand ${Buffer.from(inventoryScript, 'utf16le').toString('base64')}`;

type Choice = readonly [weight: number, image: Image, argument: (random: Random) => string];

const plain = (): string => '';
const documentOf = (extension: string) => (random: Random) =>
  ` "C:\\Users\\Public\\Documents\\${random.pick(['Budget', 'Offer', 'Minutes', 'Plan', 'Report'])} ${random.whole(1, 40)}.${extension}"`;

const personal: readonly Choice[] = [
  [22, images.edge, () => ' --type=renderer --lang=en-GB --device-scale-factor=1'],
  [12, images.chrome, () => ' --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-GB'],
  [8, images.outlook, plain],
  [10, images.teams, plain],
  [8, images.excel, documentOf('xlsx')],
  [8, images.word, documentOf('docx')],
  [4, images.powerpoint, documentOf('pptx')],
  [5, images.oneDrive, () => ' /background'],
  [5, images.acrobat, documentOf('pdf')],
  [3, images.notepad, plain],
  [1, images.cmd, plain],
];

const technical: readonly Choice[] = [
  [14, images.code, (random) => ` C:\\src\\${random.pick(['orders', 'billing', 'portal', 'infra'])}`],
  [22, images.git, (random) => random.pick([' status', ' pull --rebase', ' fetch origin', ' push', ' log --oneline -20'])],
  [10, images.node, (random) => random.pick([' server.js', ' node_modules\\.bin\\tsc', ' build.js'])],
  [
    6,
    images.powershell,
    (random) =>
      random.pick(['', ' -NoProfile -Command "Get-Service"', ' -Command "Get-ADUser -Filter *"', ' -File C:\\Scripts\\Export-Report.ps1']),
  ],
  [4, images.cmd, (random) => random.pick([' /c whoami', ' /c ipconfig /all', ' /k'])],
  [2, images.mstsc, (random) => ` /v:${random.pick(['jump01', 'app01', 'sql02'])}`],
  [2, images.ipconfig, () => ' /all'],
  [2, images.tasklist, () => ' /svc'],
];

const background: readonly Choice[] = [
  [20, images.taskhostw, (random) => random.pick(['', ' Install $(Arg0)', ' KEYROAMING'])],
  [16, images.backgroundTask, () => ' -ServerName:BackgroundTaskHost.WebAccountProvider'],
  [14, images.runtimeBroker, () => ' -Embedding'],
  [12, images.search, () => ' Global\\UsGthrFltPipeMssGthrPipe1_'],
  [10, images.wmiprvse, () => ' -secured -Embedding'],
  [6, images.conhost, () => ' 0xffffffff -ForceV1'],
  [4, images.tiworker, () => ' -Embedding'],
  [5, images.sensor, () => ' "OnlineSenseIR"'],
];

export interface UsualProcesses {
  readonly starts: readonly ProcessStart[];
  /** What a person started during a session, on the managed workstation. */
  readonly bySession: ReadonlyMap<Session, readonly Process[]>;
  readonly roots: ReadonlyMap<Device, SystemRoots>;
}

/** What runs on Windows without any attack: people's programs, services, scheduled jobs, administration. */
export function usualProcesses(generation: Generation): UsualProcesses {
  const random = generation.random('processes');
  const roots = new Map<Device, SystemRoots>();
  const { world } = generation;
  for (const device of [...world.workstations, ...world.windowsServers]) roots.set(device, systemRoots(device, random));
  const starts: ProcessStart[] = [];
  const bySession = new Map<Session, readonly Process[]>();
  for (const session of world.sessions) {
    const device = world.workstationOf(session.person);
    if (!device) continue;
    const first = starts.length;
    addSession(starts, session, device, random);
    bySession.set(
      session,
      starts.slice(first).map(({ process }) => process),
    );
  }
  for (const [device, root] of roots) addBackground(starts, device, root, random);
  return { starts, bySession, roots };
}

export interface SystemRoots {
  readonly services: Process;
  readonly svchost: Process;
  readonly agent: Process;
}

/** Processes that run since the last start of a device, before the sample begins. */
export function systemRoots(device: Device, random: Random): SystemRoots {
  const created = -(DAYS_OF_DATA + 3) * DAY + random.whole(0, 20) * HOUR;
  const services: Process = {
    image: images.services,
    id: 4 * random.whole(170, 220),
    created,
    commandLine: 'services.exe',
    account: systemAccount,
    integrity: 'System',
    logonId: 999,
  };
  const svchost = startOf(services, images.svchost, 4 * random.whole(240, 400), created + 2000, 'svchost.exe -k netsvcs -p');
  const agentImage = device.kind === 'workstation' ? images.ccmExec : images.monitor;
  const agent = startOf(services, agentImage, 4 * random.whole(410, 900), created + 9000, agentImage.file);
  return { services, svchost, agent };
}

function addSession(starts: ProcessStart[], session: Session, device: Device, random: Random): void {
  const account = accountOf(session.person);
  const logonId = random.whole(100_000, 9_000_000);
  const start = session.start - random.between(1, 4) * MINUTE;
  const userinit: Process = {
    image: images.userinit,
    id: pid(random),
    created: start,
    commandLine: 'userinit.exe',
    account,
    integrity: 'Medium',
    logonId,
  };
  const explorer = startOf(userinit, images.explorer, pid(random), start + 700, 'explorer.exe');
  starts.push({ device, process: explorer });
  const choices =
    session.person.department === 'Engineering' || session.person.department === 'IT' ? [...personal, ...technical] : personal;
  const weights = choices.map((choice) => [choice[0], choice] as const);
  const count = random.whole(8, 17);
  for (let index = 0; index < count; index++) {
    const [, image, argument] = random.weighted(weights);
    const process = startOf(explorer, image, pid(random), momentIn(session, random), `${quotedPath(image)}${argument(random)}`);
    starts.push({ device, process });
    if (image === images.cmd && process.commandLine.includes('whoami')) {
      starts.push({ device, process: startOf(process, images.whoami, pid(random), process.created + 80, 'whoami') });
    }
  }
}

function addBackground(starts: ProcessStart[], device: Device, roots: SystemRoots, random: Random): void {
  const weights = background.map((choice) => [choice[0], choice] as const);
  const workstation = device.kind === 'workstation';
  for (let day = -DAYS_OF_DATA; day <= 0; day++) {
    const count = workstation ? random.whole(3, 7) : random.whole(14, 24);
    for (let index = 0; index < count; index++) {
      const [, image, argument] = random.weighted(weights);
      const time = day * DAY + Math.round(random.next() * DAY);
      starts.push({ device, process: startOf(roots.svchost, image, pid(random), time, `${pathOf(image)}${argument(random)}`) });
    }
    const agentTime = day * DAY + 10 * HOUR + Math.round(random.next() * 4 * HOUR);
    if (workstation) {
      starts.push({ device, process: startOf(roots.agent, images.powershell, pid(random), agentTime, inventoryPowerShell) });
    } else {
      const script = `powershell.exe -NoProfile -ExecutionPolicy RemoteSigned -File "C:\\Program Files\\Contoso\\Monitor\\checks\\${random.pick(['disk', 'certificates', 'services'])}.ps1"`;
      starts.push({ device, process: startOf(roots.agent, images.powershell, pid(random), agentTime, script) });
    }
    if (device.name === 'BKP01') {
      starts.push({
        device,
        process: startOf(roots.services, images.backup, pid(random), day * DAY + 23 * HOUR, `"${pathOf(images.backup)}" /job:nightly`),
      });
    }
    if (device.kind === 'domainController' && random.chance(0.3)) {
      starts.push({
        device,
        process: startOf(roots.svchost, images.nltest, pid(random), agentTime + HOUR, `${system32}\\nltest.exe /sc_query:contoso.local`),
      });
    }
  }
}

function quotedPath(image: Image): string {
  return `"${pathOf(image)}"`;
}

/** Process ids are multiples of four. */
export function pid(random: Random): number {
  return 4 * random.whole(260, 6200);
}
