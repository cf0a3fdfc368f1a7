import { counts, hosts, implant, lure, secondVictim, times } from '../attack';
import type { Generation } from '../generation';
import { type AttackProcesses, dumpFile } from '../processes/attackProcesses';
import { images } from '../processes/images';
import type { Process } from '../processes/processModel';
import type { UsualProcesses } from '../processes/usualProcesses';
import type { Random } from '../random';
import { DAY, DAYS_OF_DATA, MINUTE, SECOND } from '../storyTime';
import { remembered, type Row, type TableRows } from '../tableRows';
import type { Device } from '../world/devices';
import { deviceColumns, deviceConstants, initiatingColumns } from './deviceRows';

interface FileEvent {
  readonly action: 'FileCreated' | 'FileModified' | 'FileRenamed' | 'FileDeleted';
  readonly folder: string;
  readonly file: string;
  readonly size: number;
  readonly sha256?: string;
  readonly more?: Row;
}

const documents = ['Budget', 'Forecast', 'Offer', 'Minutes', 'Plan', 'Report', 'Contract', 'Review'];

/** DeviceFileEvents: documents, downloads, logs; in the attack the lure, the implant, dumps and the archive. */
export function deviceFileEvents(generation: Generation, usual: UsualProcesses, attack: AttackProcesses): TableRows {
  const rows = generation.rows('DeviceFileEvents', deviceConstants);
  const random = generation.random('files');
  const ofDevice = remembered(deviceColumns);
  const ofProcess = remembered(initiatingColumns);
  const add = (time: number, device: Device, process: Process, event: FileEvent): void => {
    const own = {
      ActionType: event.action,
      FileName: event.file,
      FileSize: event.size,
      FolderPath: `${event.folder}\\${event.file}`,
      MD5: random.hex(32),
      ReportId: random.whole(1000, 900_000),
      RequestProtocol: 'Local',
      SHA1: random.hex(40),
      SHA256: event.sha256 ?? random.hex(64),
      ...event.more,
    };
    rows.add(time, own, ofDevice(device), ofProcess(process));
  };
  addUsual(usual, generation, random, add);
  addAttack(generation, attack, random, add);
  return rows;
}

type Add = (time: number, device: Device, process: Process, event: FileEvent) => void;

function addUsual(usual: UsualProcesses, generation: Generation, random: Random, add: Add): void {
  for (const [session, processes] of usual.bySession) {
    const device = generation.world.workstationOf(session.person);
    if (!device) continue;
    const home = `C:\\Users\\${session.person.name}`;
    for (const process of processes) {
      const time = process.created + random.whole(2, 1800) * SECOND;
      const document = (extension: string): FileEvent => ({
        action: random.pick(['FileCreated', 'FileModified', 'FileRenamed']),
        folder: `${home}\\OneDrive - Contoso\\Documents`,
        file: `${random.pick(documents)} ${random.whole(1, 90)}.${extension}`,
        size: random.whole(9_000, 3_000_000),
      });
      if (process.image === images.excel) add(time, device, process, document('xlsx'));
      else if (process.image === images.word) add(time, device, process, document('docx'));
      else if (process.image === images.powerpoint) add(time, device, process, document('pptx'));
      else if (process.image === images.oneDrive) add(time, device, process, document(random.pick(['pdf', 'xlsx', 'docx'])));
      else if (process.image === images.git || process.image === images.node) {
        add(time, device, process, {
          action: 'FileModified',
          folder: 'C:\\src\\portal',
          file: random.pick(['index.js', 'package-lock.json', 'app.ts', 'orders.cs']),
          size: random.whole(200, 90_000),
        });
      } else if (process.image === images.edge && random.chance(0.35)) {
        const file = `${random.pick(documents)}-${random.whole(100, 999)}.${random.pick(['pdf', 'zip', 'xlsx', 'png'])}`;
        const origin = random.pick([
          'https://contoso.sharepoint.com/',
          'https://crm.contoso-apps.example/',
          'https://booking.travelhub.example/',
        ]);
        add(time, device, process, {
          action: 'FileCreated',
          folder: `${home}\\Downloads`,
          file,
          size: random.whole(9_000, 30_000_000),
          more: { FileOriginUrl: `${origin}${file}`, FileOriginReferrerUrl: origin },
        });
      }
    }
  }
  for (const [device, { agent, svchost }] of usual.roots) {
    const count = device.kind === 'workstation' ? 2 : 12;
    for (let day = -DAYS_OF_DATA; day <= 0; day++) {
      for (let index = 0; index < count; index++) {
        const time = day * DAY + Math.round(random.next() * DAY);
        const log = random.chance(0.5);
        add(time, device, log ? agent : svchost, {
          action: log ? 'FileModified' : 'FileCreated',
          folder: log ? 'C:\\ProgramData\\Contoso\\Logs' : 'C:\\Windows\\SoftwareDistribution\\Download',
          file: log ? `agent-${random.whole(1, 9)}.log` : `${random.hex(16)}.cab`,
          size: random.whole(1_000, 9_000_000),
        });
      }
    }
  }
}

function addAttack(generation: Generation, attack: AttackProcesses, random: Random, add: Add): void {
  const { world } = generation;
  const workstation = world.device(secondVictim.workstation);
  const server = world.device(hosts.application);
  const fileServer = world.device(hosts.fileServer);
  const created = (folder: string, file: string, size: number, more: Partial<FileEvent> = {}): FileEvent => ({
    action: 'FileCreated',
    folder,
    file,
    size,
    ...more,
  });
  const { folder, file, sha256 } = implant;
  const hashes = { MD5: implant.md5, SHA1: implant.sha1 };

  add(
    times.lureClicked + 9 * SECOND,
    workstation,
    attack.workstationBrowser,
    created(`C:\\Users\\${secondVictim.name}\\Downloads`, lure.file, 24_118, {
      more: { FileOriginUrl: lure.url, FileOriginReferrerUrl: 'https://outlook.office365.com/' },
    }),
  );
  add(times.lureRun + 61 * SECOND, workstation, attack.workstationPowerShell, created(folder, file, 417_792, { sha256, more: hashes }));
  add(times.serverRun + 26 * SECOND, server, attack.serverPowerShell, created(folder, file, 417_792, { sha256, more: hashes }));
  add(times.firstDump + 3 * SECOND, server, attack.serverDump, created(folder, dumpFile.server, 58_720_256));
  add(
    times.remoteService - 4 * SECOND,
    fileServer,
    { ...attack.fileServerImplant, id: 4, image: { ...images.services, file: 'System' }, commandLine: '' },
    created('C:\\Windows', file, 417_792, {
      sha256,
      more: {
        ...hashes,
        RequestProtocol: 'Smb',
        RequestSourceIP: server.ip,
        RequestAccountName: 'svc-backup',
        RequestAccountDomain: 'contoso',
        ShareName: 'ADMIN$',
      },
    }),
  );
  add(times.secondDump + 4 * SECOND, fileServer, attack.fileServerImplant, created(folder, dumpFile.fileServer, 61_341_696));

  const step = (times.archive.end - times.archive.start) / counts.archiveParts;
  for (let part = 1; part <= counts.archiveParts; part++) {
    const name = `fin-q3.7z.${String(part).padStart(3, '0')}`;
    add(
      Math.round(times.archive.start + (part - 1) * step + random.between(5, 40) * SECOND),
      fileServer,
      attack.archiver,
      created(folder, name, counts.archivePartBytes),
    );
    add(times.upload.end + MINUTE + part * SECOND, fileServer, attack.fileServerImplant, {
      action: 'FileDeleted',
      folder,
      file: name,
      size: counts.archivePartBytes,
    });
  }
}
