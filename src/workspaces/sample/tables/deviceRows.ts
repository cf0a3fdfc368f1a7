import { type Process, pathOf } from '../processes/processModel';
import type { Row } from '../tableRows';
import { company } from '../world/company';
import type { Device } from '../world/devices';

export const deviceConstants = { SourceSystem: 'DefenderXDR', TenantId: company.workspaceId, MachineGroup: '' } as const;

export function deviceColumns({ deviceId, deviceName }: Device): Row {
  return { DeviceId: deviceId, DeviceName: deviceName };
}

/** The columns `InitiatingProcess…` that Defender's device tables share. */
export function initiatingColumns(process: Process): Row {
  const { image, account, parent } = process;
  return {
    InitiatingProcessAccountDomain: account.domain,
    InitiatingProcessAccountName: account.name,
    InitiatingProcessAccountObjectId: account.objectId,
    InitiatingProcessAccountSid: account.sid,
    InitiatingProcessAccountUpn: account.upn,
    InitiatingProcessCommandLine: process.commandLine,
    InitiatingProcessCreationTime: process.created,
    InitiatingProcessFileName: image.file,
    InitiatingProcessFolderPath: pathOf(image),
    InitiatingProcessId: process.id,
    InitiatingProcessIntegrityLevel: process.integrity,
    InitiatingProcessMD5: image.md5,
    InitiatingProcessSHA1: image.sha1,
    InitiatingProcessSHA256: image.sha256,
    InitiatingProcessVersionInfoCompanyName: image.company,
    InitiatingProcessVersionInfoOriginalFileName: image.file,
    ...(parent
      ? {
          InitiatingProcessParentCreationTime: parent.created,
          InitiatingProcessParentFileName: parent.image.file,
          InitiatingProcessParentId: parent.id,
        }
      : {}),
  };
}
