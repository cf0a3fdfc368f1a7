import type { IncidentDetails } from '../../common/incidents';
import type { Generation } from './generation';
import { plannedIncidents } from './incidents/incidents';
import { attackLogons } from './logons/attackLogons';
import { usualLogons } from './logons/usualLogons';
import { attackProcesses } from './processes/attackProcesses';
import { usualProcesses } from './processes/usualProcesses';
import type { TableRows } from './tableRows';
import { securityAlert, securityIncident } from './tables/alerts';
import { auditLogs } from './tables/auditLogs';
import { azureActivity } from './tables/azureActivity';
import { deviceFileEvents } from './tables/deviceFiles';
import { deviceInfo, deviceRegistryEvents } from './tables/deviceInfo';
import { deviceLogonEvents } from './tables/deviceLogons';
import { deviceNetworkEvents } from './tables/deviceNetwork';
import { deviceProcessEvents } from './tables/deviceProcesses';
import { identityInfo } from './tables/directory';
import { dnsEvents } from './tables/dnsEvents';
import { emailTables } from './tables/email';
import { commonSecurityLog } from './tables/firewall';
import { heartbeat, syslog, windowsEvents } from './tables/machineLogs';
import { officeActivity } from './tables/officeActivity';
import { securityEvents } from './tables/securityEvents';
import { signinLogs } from './tables/signins';
import { threatIntelIndicators, threatIntelligenceIndicator } from './tables/threatIntelligence';
import { managedIdentitySignins, nonInteractiveSignins, servicePrincipalSignins } from './tables/tokenSignins';
import { usage } from './tables/usage';
import { attackFlows } from './traffic/attackFlows';
import { usualFlows } from './traffic/flows';
import { watchlistTable } from './watchlists';

/** The sample's tables, made one after the other when asked for, so that the rows of one can be let go before the next. */
export function* sampleTables(generation: Generation): Generator<TableRows, readonly IncidentDetails[]> {
  const counts: { readonly name: string; readonly count: number }[] = [];
  const counted = (table: TableRows): TableRows => {
    counts.push({ name: table.name, count: table.count });
    return table;
  };

  yield counted(signinLogs(generation));
  yield counted(nonInteractiveSignins(generation));
  yield counted(servicePrincipalSignins(generation));
  yield counted(managedIdentitySignins(generation));
  yield counted(auditLogs(generation));
  yield counted(officeActivity(generation));
  yield counted(azureActivity(generation));
  const { events, urls, attachments, clicks } = emailTables(generation);
  for (const table of [events, urls, attachments, clicks]) yield counted(table);

  const usual = usualProcesses(generation);
  const attack = attackProcesses(generation);
  const starts = [...usual.starts, ...attack.starts];
  yield counted(deviceProcessEvents(generation, starts));
  const logons = [...usualLogons(generation), ...attackLogons(generation)];
  yield counted(securityEvents(generation, starts, logons));
  yield counted(deviceLogonEvents(generation, logons));
  yield counted(deviceFileEvents(generation, usual, attack));
  yield counted(deviceRegistryEvents(generation, usual, attack));
  yield counted(deviceInfo(generation));

  const flows = [...usualFlows(generation, usual), ...attackFlows(generation, attack)];
  yield counted(deviceNetworkEvents(generation, flows));
  yield counted(commonSecurityLog(generation, flows));
  yield counted(dnsEvents(generation, flows));
  yield counted(syslog(generation));
  yield counted(windowsEvents(generation));
  yield counted(heartbeat(generation));
  yield counted(identityInfo(generation));
  yield counted(threatIntelligenceIndicator(generation));
  yield counted(threatIntelIndicators(generation));
  yield counted(watchlistTable(generation));

  const incidents = plannedIncidents(generation);
  yield counted(securityAlert(generation, incidents));
  yield counted(securityIncident(generation, incidents));
  yield usage(generation, counts);
  return incidents.map(({ details }) => details);
}
