import type { Generation } from '../generation';
import { remembered, type Row, type TableRows } from '../tableRows';
import type { Flow } from '../traffic/flows';
import type { Device } from '../world/devices';
import { deviceColumns, deviceConstants, initiatingColumns } from './deviceRows';

/** DeviceNetworkEvents: connections as the sensor on the device sees them. The largest table of the sample. */
export function deviceNetworkEvents(generation: Generation, flows: readonly Flow[]): TableRows {
  const rows = generation.rows('DeviceNetworkEvents', { ...deviceConstants, Protocol: 'Tcp', LocalIPType: 'Private' });
  const random = generation.random('network events');
  const ofDevice = remembered((device: Device): Row => ({ ...deviceColumns(device), LocalIP: device.ip }));
  const ofProcess = remembered(initiatingColumns);
  for (const { time, device, process, remoteIp, port, domain, failed } of flows) {
    const own = {
      ActionType: failed ? 'ConnectionFailed' : 'ConnectionSuccess',
      LocalPort: random.whole(49_152, 65_535),
      RemoteIP: remoteIp,
      RemoteIPType: remoteIp.startsWith('10.') ? 'Private' : 'Public',
      RemotePort: port,
      RemoteUrl: domain,
      ReportId: random.whole(1000, 900_000),
    };
    rows.add(time, own, ofDevice(device), ofProcess(process));
  }
  return rows;
}
