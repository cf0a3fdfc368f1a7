import type { Generation } from '../generation';
import type { Image } from '../processes/images';
import { pathOf, type Process, type ProcessStart, type WindowsAccount } from '../processes/processModel';
import { remembered, type Row, type TableRows } from '../tableRows';
import { deviceColumns, deviceConstants, initiatingColumns } from './deviceRows';

/** DeviceProcessEvents: every start of a process on the Windows devices. */
export function deviceProcessEvents(generation: Generation, starts: readonly ProcessStart[]): TableRows {
  const rows = generation.rows('DeviceProcessEvents', { ...deviceConstants, ActionType: 'ProcessCreated' });
  const random = generation.random('process events');
  const ofDevice = remembered(deviceColumns);
  const ofParent = remembered(parentColumns);
  const ofImage = remembered(imageColumns);
  const ofAccount = remembered(accountColumns);
  for (const { device, process } of starts) {
    const own = {
      LogonId: process.logonId,
      ProcessCommandLine: process.commandLine,
      ProcessCreationTime: process.created,
      ProcessId: process.id,
      ProcessIntegrityLevel: process.integrity,
      ProcessTokenElevation: process.integrity === 'Medium' ? 'TokenElevationTypeLimited' : 'TokenElevationTypeDefault',
      ReportId: random.whole(1000, 900_000),
    };
    rows.add(process.created, own, ofDevice(device), ofParent(process.parent), ofImage(process.image), ofAccount(process.account));
  }
  return rows;
}

function parentColumns(parent: Process): Row {
  return {
    ...initiatingColumns(parent),
    InitiatingProcessSignatureStatus: parent.image.signed ? 'Valid' : 'Unsigned',
    InitiatingProcessSignerType: parent.image.signed ? 'OsVendor' : 'Unknown',
    InitiatingProcessLogonId: parent.logonId,
  };
}

function imageColumns(image: Image): Row {
  return {
    FileName: image.file,
    FileSize: image.size,
    FolderPath: pathOf(image),
    MD5: image.md5,
    ProcessVersionInfoCompanyName: image.company,
    ProcessVersionInfoFileDescription: image.description,
    ProcessVersionInfoOriginalFileName: image.file,
    ProcessVersionInfoProductName: image.product,
    ProcessVersionInfoProductVersion: image.version,
    SHA1: image.sha1,
    SHA256: image.sha256,
  };
}

function accountColumns(account: WindowsAccount): Row {
  return {
    AccountDomain: account.domain,
    AccountName: account.name,
    AccountObjectId: account.objectId,
    AccountSid: account.sid,
    AccountUpn: account.upn,
  };
}
