import type { Generation } from '../generation';
import { pathOf, type ProcessStart } from '../processes/processModel';
import type { TableRows } from '../tableRows';
import { deviceColumns, deviceConstants, initiatingColumns } from './deviceRows';

/** DeviceProcessEvents: every start of a process on the Windows devices. */
export function deviceProcessEvents(generation: Generation, starts: readonly ProcessStart[]): TableRows {
  const rows = generation.rows('DeviceProcessEvents', { ...deviceConstants, ActionType: 'ProcessCreated' });
  const random = generation.random('process events');
  for (const { device, process } of starts) {
    const { image, account, parent } = process;
    rows.add(process.created, {
      ...deviceColumns(device),
      ...initiatingColumns(parent),
      InitiatingProcessSignatureStatus: parent.image.signed ? 'Valid' : 'Unsigned',
      InitiatingProcessSignerType: parent.image.signed ? 'OsVendor' : 'Unknown',
      InitiatingProcessLogonId: parent.logonId,
      AccountDomain: account.domain,
      AccountName: account.name,
      AccountObjectId: account.objectId,
      AccountSid: account.sid,
      AccountUpn: account.upn,
      FileName: image.file,
      FileSize: image.size,
      FolderPath: pathOf(image),
      LogonId: process.logonId,
      MD5: image.md5,
      ProcessCommandLine: process.commandLine,
      ProcessCreationTime: process.created,
      ProcessId: process.id,
      ProcessIntegrityLevel: process.integrity,
      ProcessTokenElevation: process.integrity === 'Medium' ? 'TokenElevationTypeLimited' : 'TokenElevationTypeDefault',
      ProcessVersionInfoCompanyName: image.company,
      ProcessVersionInfoFileDescription: image.description,
      ProcessVersionInfoOriginalFileName: image.file,
      ProcessVersionInfoProductName: image.product,
      ProcessVersionInfoProductVersion: image.version,
      ReportId: random.whole(1000, 900_000),
      SHA1: image.sha1,
      SHA256: image.sha256,
    });
  }
  return rows;
}
