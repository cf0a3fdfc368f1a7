import type { HuntingQuery } from '../../common/sentinelService';

/** Hunting queries of the sample; each finds something of its story (STORY.md), and what only looks like it. */
export const sampleHuntingQueries: readonly HuntingQuery[] = [
  {
    id: 'sample-password-spray',
    name: 'Password spray: many accounts from one network',
    description: 'Networks from which sign-ins of many accounts failed with few tries each, and which of them got in.',
    query: `SigninLogs
| where TimeGenerated > ago(7d)
| extend Network = strcat(extract(@"^(\\d+\\.\\d+\\.\\d+)\\.", 1, IPAddress), ".0/24")
| summarize Failures = countif(ResultType in ("50126", "50053")), Accounts = dcountif(UserPrincipalName, ResultType in ("50126", "50053")),
    Successes = make_set_if(UserPrincipalName, ResultType == "0", 20), First = min(TimeGenerated), Last = max(TimeGenerated) by Network
| where Accounts >= 20 and Failures < 10 * Accounts
| order by Accounts desc`,
    tactics: ['CredentialAccess', 'InitialAccess'],
    techniques: ['T1110.003', 'T1078.004'],
  },
  {
    id: 'sample-mfa-fatigue',
    name: 'Sign-ins approved after many denied prompts',
    description: 'People who were asked again and again for a second factor and then approved, within two hours and from the same address.',
    query: `let prompts = SigninLogs
| where TimeGenerated > ago(7d) and ResultType == "500121"
| summarize Denied = count(), FirstDenied = min(TimeGenerated), LastDenied = max(TimeGenerated) by UserPrincipalName, IPAddress
| where Denied >= 5;
SigninLogs
| where TimeGenerated > ago(7d) and ResultType == "0"
| join kind=inner prompts on UserPrincipalName, IPAddress
| where TimeGenerated between (LastDenied .. LastDenied + 2h)
| summarize Approved = min(TimeGenerated), Apps = make_set(AppDisplayName, 10) by UserPrincipalName, IPAddress, Denied, FirstDenied, LastDenied`,
    tactics: ['CredentialAccess'],
    techniques: ['T1621'],
  },
  {
    id: 'sample-inbox-rules',
    name: 'Inbox rules that forward or hide mail',
    description: 'New or changed inbox rules that forward messages, or move them where nobody looks.',
    query: `OfficeActivity
| where TimeGenerated > ago(14d) and Operation in ("New-InboxRule", "Set-InboxRule")
| extend Parameters = todynamic(Parameters)
| mv-apply Parameter = Parameters on (
    summarize Rule = make_bag(bag_pack(tostring(Parameter.Name), Parameter.Value)))
| extend ForwardTo = tostring(Rule.ForwardTo), MoveTo = tostring(Rule.MoveToFolder), Words = tostring(Rule.SubjectOrBodyContainsWords)
| where isnotempty(ForwardTo) or MoveTo has_any ("RSS", "Archive", "Conversation History", "Deleted")
| project TimeGenerated, UserId, ClientIP, Operation, Name = tostring(Rule.Name), ForwardTo, MoveTo, Words`,
    tactics: ['Collection', 'DefenseEvasion'],
    techniques: ['T1114.003', 'T1564.008'],
  },
  {
    id: 'sample-app-consent',
    name: 'Consent to applications that may read mail or files',
    description: 'Applications that people gave lasting access to mail or files.',
    query: `AuditLogs
| where TimeGenerated > ago(14d) and OperationName == "Consent to application"
| extend Actor = tostring(InitiatedBy.user.userPrincipalName), Address = tostring(InitiatedBy.user.ipAddress)
| extend Application = tostring(TargetResources[0].displayName), Grant = tostring(TargetResources[0].modifiedProperties)
| where Grant has_any ("Mail.Read", "Files.Read", "offline_access")
| project TimeGenerated, Actor, Address, Application, Grant`,
    tactics: ['CredentialAccess', 'Persistence'],
    techniques: ['T1528', 'T1098.003'],
  },
  {
    id: 'sample-encoded-powershell',
    name: 'Encoded PowerShell that few hosts run',
    description: 'Encoded command lines by the program that started them; what management agents run everywhere is left out.',
    query: `DeviceProcessEvents
| where TimeGenerated > ago(7d) and FileName in~ ("powershell.exe", "pwsh.exe") and ProcessCommandLine matches regex @"(?i)\\s-e[a-z]*\\s+[A-Za-z0-9+/=]{40,}"
| summarize Runs = count(), Hosts = make_set(DeviceName, 20), CommandLines = make_set(ProcessCommandLine, 5), Last = max(TimeGenerated) by InitiatingProcessFileName
| where array_length(Hosts) <= 3
| order by Last desc`,
    tactics: ['Execution', 'DefenseEvasion'],
    techniques: ['T1059.001', 'T1027'],
  },
  {
    id: 'sample-beacons',
    name: 'Connections as regular as a clock',
    description: 'Destinations that one or two hosts connect to with hardly any variation between the times.',
    query: `DeviceNetworkEvents
| where TimeGenerated > ago(7d) and isnotempty(RemoteUrl)
| order by DeviceName asc, RemoteUrl asc, TimeGenerated asc
| extend Gap = iff(DeviceName == prev(DeviceName) and RemoteUrl == prev(RemoteUrl), (TimeGenerated - prev(TimeGenerated)) / 1s, real(null))
| summarize Connections = count(), Mean = avg(Gap), Deviation = stdev(Gap), First = min(TimeGenerated), Last = max(TimeGenerated) by DeviceName, RemoteUrl, RemoteIP
| where Connections >= 50 and Mean between (60 .. 7200) and Deviation / Mean < 0.2
| join kind=inner (DeviceNetworkEvents | where TimeGenerated > ago(7d) | summarize Hosts = dcount(DeviceName) by RemoteUrl) on RemoteUrl
| where Hosts <= 3
| project DeviceName, RemoteUrl, RemoteIP, Connections, MeanSeconds = round(Mean), DeviationSeconds = round(Deviation), First, Last`,
    tactics: ['CommandAndControl'],
    techniques: ['T1071.001', 'T1573'],
  },
  {
    id: 'sample-credential-dumping',
    name: 'Programs that copy credentials',
    description: 'Dumps of lsass, copies of the registry hives with hashes, copies of the directory database.',
    query: `DeviceProcessEvents
| where TimeGenerated > ago(14d)
| where (FileName =~ "rundll32.exe" and ProcessCommandLine has_all ("comsvcs", "MiniDump"))
    or (FileName =~ "reg.exe" and ProcessCommandLine has "save" and ProcessCommandLine has_any (@"hklm\\sam", @"hklm\\security"))
    or FileName =~ "ntdsutil.exe"
| project TimeGenerated, DeviceName, AccountName, InitiatingProcessFileName, FileName, ProcessCommandLine`,
    tactics: ['CredentialAccess'],
    techniques: ['T1003.001', 'T1003.002', 'T1003.003'],
  },
  {
    id: 'sample-run-command',
    name: 'Run command on virtual machines outside of working hours',
    description: 'Commands that Azure ran on a machine as its administrator, between 18:00 and 06:00 UTC.',
    query: `AzureActivity
| where TimeGenerated > ago(14d) and OperationNameValue =~ "MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMAND/ACTION"
| where hourofday(TimeGenerated) >= 18 or hourofday(TimeGenerated) < 6
| summarize Started = min(TimeGenerated), Steps = make_set(ActivityStatusValue) by CorrelationId, Caller, CallerIpAddress, Machine = tostring(split(_ResourceId, "/")[-1])
| project-away CorrelationId`,
    tactics: ['Execution'],
    techniques: ['T1651'],
  },
  {
    id: 'sample-large-uploads',
    name: 'Gigabytes to a destination that hardly anybody uses',
    description: 'Bytes sent through the firewall to addresses that at most two hosts talk to, the most first.',
    query: `CommonSecurityLog
| where TimeGenerated > ago(7d) and not(ipv4_is_private(DestinationIP))
| summarize SentGB = round(sum(SentBytes) / 1e9, 2), Sessions = count(), Hosts = dcount(SourceIP), Sources = make_set(SourceIP, 5),
    First = min(TimeGenerated), Last = max(TimeGenerated) by DestinationIP
| where SentGB >= 0.5 and Hosts <= 2
| order by SentGB desc`,
    tactics: ['Exfiltration'],
    techniques: ['T1048', 'T1567.002'],
  },
].map((query) => ({ ...query, isBuiltIn: true }));
