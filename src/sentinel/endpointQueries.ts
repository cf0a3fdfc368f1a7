import { type HuntSection, inWindow } from './huntSection';

/** For machines, programs, files and their hashes. */
export const endpointSections: readonly HuntSection[] = [
  {
    needs: 'hosts',
    title: 'Machines: processes, logons, connections',
    about: 'What ran, who was on, where did it connect?',
    queries: [
      {
        name: 'host_processes',
        about: 'Script hosts, administration and transfer tools on the machines.',
        tables: ['DeviceProcessEvents'],
        kql: `DeviceProcessEvents
${inWindow}
| where DeviceName has_any (hosts)
| where FileName in~ (
        "powershell.exe", "pwsh.exe", "cmd.exe", "wscript.exe", "cscript.exe", "mshta.exe", "rundll32.exe", "regsvr32.exe",
        "reg.exe", "net.exe", "net1.exe", "nltest.exe", "whoami.exe", "wmic.exe", "schtasks.exe", "sc.exe", "certutil.exe",
        "bitsadmin.exe", "ntdsutil.exe", "vssadmin.exe", "wevtutil.exe", "psexec.exe", "rclone.exe", "7z.exe", "rar.exe")
    or InitiatingProcessFileName in~ ("winword.exe", "excel.exe", "outlook.exe", "wscript.exe", "mshta.exe")
| project
    TimeGenerated, DeviceName, AccountName, Grandparent = InitiatingProcessParentFileName,
    Parent = InitiatingProcessFileName, FileName, ProcessCommandLine, ProcessId, InitiatingProcessId, SHA256
| sort by TimeGenerated asc`,
      },
      {
        name: 'host_process_tree',
        about: 'The same as chains of parent and child, the rarest first: what happened once is more interesting than what happens every hour.',
        tables: [],
        results: ['host_processes'],
        kql: `host_processes
| summarize
    Runs = count(), FirstSeen = min(TimeGenerated), Accounts = make_set(AccountName, 10),
    CommandLines = make_set(ProcessCommandLine, 5)
    by DeviceName, Chain = strcat(Grandparent, " → ", Parent, " → ", FileName)
| sort by Runs asc, FirstSeen asc
| take 100`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "Process", What = strcat(DeviceName, ": ", Chain)',
      },
      {
        name: 'host_security_events',
        about: 'Services, tasks, accounts, groups, cleared logs.',
        tables: ['SecurityEvent'],
        kql: `SecurityEvent
${inWindow}
| where Computer has_any (hosts)
| where EventID in (1102, 4697, 4698, 4720, 4724, 4728, 4732, 4756, 7045)
| project
    TimeGenerated, Computer, EventID, Activity, By = SubjectUserName, Target = TargetUserName, ServiceName,
    ServiceFileName
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "Windows", What = strcat(Computer, ": ", Activity, " ", Target, ServiceName, iff(isempty(By), "", strcat(" by ", By)))',
      },
      {
        name: 'host_logons',
        about: 'Who logged on over the network or by remote desktop, and who failed to.',
        tables: ['SecurityEvent'],
        kql: `SecurityEvent
${inWindow}
| where Computer has_any (hosts) and EventID in (4624, 4625) and LogonType in (3, 10)
| where TargetUserName !endswith "$"
| summarize
    Logons = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)
    by Computer, TargetUserName, IpAddress, LogonType, EventID
| sort by Logons asc`,
      },
      {
        name: 'host_connections',
        about: 'Public addresses the machines connected to, the rarest process first.',
        tables: ['DeviceNetworkEvents'],
        kql: `DeviceNetworkEvents
${inWindow}
| where DeviceName has_any (hosts)
| where isnotempty(RemoteIP) and not(ipv4_is_private(RemoteIP))
| summarize
    Connections = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated),
    Names = make_set(RemoteUrl, 10)
    by DeviceName, InitiatingProcessFileName, RemoteIP, RemotePort
| sort by FirstSeen asc`,
      },
      {
        name: 'host_files',
        about: 'Programs, scripts and archives written to the machines.',
        tables: ['DeviceFileEvents'],
        kql: `DeviceFileEvents
${inWindow}
| where DeviceName has_any (hosts) and ActionType == "FileCreated"
| where FileName matches regex @"(?i)\\.(exe|dll|ps1|js|vbs|hta|bat|cmd|lnk|iso|zip|7z|rar|dmp)(\\.\\d+)?$"
| project
    TimeGenerated, DeviceName, FolderPath, FileName, FileSize, SHA256, InitiatingProcessFileName,
    InitiatingProcessAccountName
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "File", What = strcat(DeviceName, ": ", InitiatingProcessFileName, " writes ", FolderPath)',
      },
    ],
  },
  {
    needs: 'processes',
    title: 'Programs: on which machines?',
    about: 'One machine is an incident, a hundred are either an outbreak or software.',
    queries: [
      {
        name: 'process_prevalence',
        about: 'Runs of these programs everywhere.',
        tables: ['DeviceProcessEvents'],
        kql: `DeviceProcessEvents
${inWindow}
| where FileName in~ (processes)
| summarize
    Runs = count(), Devices = dcount(DeviceName), On = make_set(DeviceName, 20), FirstSeen = min(TimeGenerated),
    LastSeen = max(TimeGenerated)
    by FileName, FolderPath, SHA256
| sort by Devices asc, FirstSeen asc`,
      },
    ],
  },
  {
    needs: 'files',
    title: 'Files: where else?',
    about: 'The same name on other machines.',
    queries: [
      {
        name: 'file_prevalence',
        about: 'Machines on which files of these names were written, and by what.',
        tables: ['DeviceFileEvents'],
        kql: `DeviceFileEvents
${inWindow}
| where FileName in~ (files)
| summarize
    Events = count(), Actions = make_set(ActionType, 10), FirstSeen = min(TimeGenerated),
    LastSeen = max(TimeGenerated)
    by DeviceName, FolderPath, FileName, SHA256, InitiatingProcessFileName
| sort by FirstSeen asc`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "File", What = strcat(DeviceName, ": ", FolderPath)',
      },
    ],
  },
  {
    needs: 'hashes',
    title: 'Hashes: the same content',
    about: 'Names change, content does not.',
    queries: [
      {
        name: 'hash_runs',
        about: 'Machines on which the content ran.',
        tables: ['DeviceProcessEvents'],
        kql: `DeviceProcessEvents
${inWindow}
| where SHA256 in~ (hashes) or SHA1 in~ (hashes) or MD5 in~ (hashes)
| summarize
    Runs = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated),
    Accounts = make_set(AccountName, 10)
    by DeviceName, FileName, FolderPath
| sort by FirstSeen asc`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "Process", What = strcat(DeviceName, ": known hash runs as ", FolderPath)',
      },
      {
        name: 'hash_files',
        about: 'Machines on which it was written.',
        tables: ['DeviceFileEvents'],
        kql: `DeviceFileEvents
${inWindow}
| where SHA256 in~ (hashes) or SHA1 in~ (hashes) or MD5 in~ (hashes)
| project
    TimeGenerated, DeviceName, ActionType, FolderPath, FileName, InitiatingProcessFileName,
    InitiatingProcessAccountName
| sort by TimeGenerated asc`,
      },
      {
        name: 'hash_intelligence',
        about: 'What threat intelligence knows.',
        tables: ['ThreatIntelIndicators'],
        kql: `ThreatIntelIndicators
| where ObservableValue in~ (hashes)
| summarize arg_max(TimeGenerated, *) by Id
| project
    TimeGenerated, IsActive, ObservableKey, ObservableValue, Types = tostring(Data.indicator_types), Confidence,
    Description = tostring(Data.description), Tags, ValidUntil`, 
      },
    ],
  },
];
