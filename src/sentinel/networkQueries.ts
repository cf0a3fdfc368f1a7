import { type HuntSection, inWindow } from './huntSection';

/** For addresses, domains, URLs and Azure resources. */
export const networkSections: readonly HuntSection[] = [
  {
    needs: 'ips',
    title: 'Addresses: who met them?',
    about: 'Sign-ins from them, connections to them, what intelligence says.',
    queries: [
      {
        name: 'ip_signins',
        about: 'Accounts that signed in, or tried to, from these addresses: who else is affected?',
        tables: ['SigninLogs'],
        kql: `SigninLogs
${inWindow}
| where IPAddress in (ips)
| summarize
    SignIns = count(), Successes = countif(ResultType == "0"), Accounts = dcount(UserPrincipalName),
    Who = make_set(UserPrincipalName, 100), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)
    by IPAddress, Location
| sort by Successes desc`,
      },
      {
        name: 'ip_cloud_activity',
        about: 'What was done from these addresses in Microsoft 365.',
        tables: ['OfficeActivity'],
        kql: `OfficeActivity
${inWindow}
| where ClientIP in (ips)
| summarize Events = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated) by ClientIP, UserId, Operation
| sort by FirstSeen asc`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "Microsoft 365", What = strcat(UserId, " from ", ClientIP, ": ", Events, " × ", Operation)',
      },
      {
        name: 'ip_connections',
        about: 'Machines and processes that connected to these addresses.',
        tables: ['DeviceNetworkEvents'],
        kql: `DeviceNetworkEvents
${inWindow}
| where RemoteIP in (ips)
| summarize
    Connections = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated),
    Names = make_set(RemoteUrl, 10)
    by DeviceName, InitiatingProcessFileName, RemoteIP, RemotePort, ActionType
| sort by FirstSeen asc`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "Network", What = strcat(DeviceName, " (", InitiatingProcessFileName, ") to ", RemoteIP, ": ", Connections, " connections")',
      },
      {
        name: 'ip_firewall',
        about: 'The same as the firewall saw it, with volume: also machines without an agent.',
        tables: ['CommonSecurityLog'],
        kql: `CommonSecurityLog
${inWindow}
| where DestinationIP in (ips) or SourceIP in (ips)
| summarize
    Sessions = count(), Sent = sum(SentBytes), Received = sum(ReceivedBytes), FirstSeen = min(TimeGenerated),
    LastSeen = max(TimeGenerated)
    by SourceIP, DestinationIP, DestinationPort, DeviceAction
| sort by Sent desc`,
      },
      {
        name: 'ip_lookups',
        about: 'Names that led to these addresses.',
        tables: ['DnsEvents'],
        kql: `DnsEvents
${inWindow}
| where isnotempty(IPAddresses)
| mv-expand Address = split(IPAddresses, ",") to typeof(string)
| where trim(@"\\s+", Address) in (ips)
| summarize
    Lookups = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated), Clients = make_set(ClientIP, 50)
    by Name, Address
| sort by Lookups desc`,
      },
      {
        name: 'ip_intelligence',
        about: 'What threat intelligence knows.',
        tables: ['ThreatIntelIndicators'],
        kql: `ThreatIntelIndicators
| where ObservableValue in (ips)
| summarize arg_max(TimeGenerated, *) by Id
| project
    TimeGenerated, IsActive, ObservableKey, ObservableValue, Types = tostring(Data.indicator_types), Confidence,
    Description = tostring(Data.description), Tags, ValidUntil`, 
      },
    ],
  },
  {
    needs: 'domains',
    title: 'Domains: who asked for them?',
    about: 'Lookups, connections, mail.',
    queries: [
      {
        name: 'domain_lookups',
        about: 'Machines that looked the names up. A lookup without a connection may have been blocked.',
        tables: ['DnsEvents'],
        kql: `DnsEvents
${inWindow}
| where Name has_any (domains)
| summarize
    Lookups = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)
    by Name, ClientIP, Computer, IPAddresses
| sort by FirstSeen asc`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "DNS", What = strcat(ClientIP, " asks for ", Name)',
      },
      {
        name: 'domain_connections',
        about: 'Machines and processes that connected.',
        tables: ['DeviceNetworkEvents'],
        kql: `DeviceNetworkEvents
${inWindow}
| where RemoteUrl has_any (domains)
| summarize
    Connections = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)
    by DeviceName, InitiatingProcessFileName, RemoteUrl, RemoteIP
| sort by FirstSeen asc`,
      },
      {
        name: 'domain_mail',
        about: 'Mail with links to these names, and who got it.',
        tables: ['EmailUrlInfo', 'EmailEvents'],
        kql: `EmailUrlInfo
${inWindow}
| where UrlDomain has_any (domains)
| distinct NetworkMessageId, Url
| join kind=inner (EmailEvents ${inWindow}) on NetworkMessageId
| summarize
    SentAt = min(TimeGenerated), Recipients = make_set(RecipientEmailAddress, 100), Urls = make_set(Url, 10)
    by SenderFromAddress, Subject, DeliveryAction
| sort by SentAt asc`,
      },
      {
        name: 'domain_intelligence',
        about: 'What threat intelligence knows.',
        tables: ['ThreatIntelIndicators'],
        kql: `ThreatIntelIndicators
| where ObservableValue has_any (domains)
| summarize arg_max(TimeGenerated, *) by Id
| project
    TimeGenerated, IsActive, ObservableKey, ObservableValue, Types = tostring(Data.indicator_types), Confidence,
    Description = tostring(Data.description), Tags, ValidUntil`, 
      },
    ],
  },
  {
    needs: 'urls',
    title: 'URLs: who clicked?',
    about: 'A click that was let through means a machine to look at.',
    queries: [
      {
        name: 'url_clicks',
        about: 'Clicks on these URLs.',
        tables: ['UrlClickEvents'],
        kql: `UrlClickEvents
${inWindow}
| where Url in~ (urls)
| project TimeGenerated, AccountUpn, ActionType, IsClickedThrough, Url, IPAddress, NetworkMessageId
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "Click", What = strcat(AccountUpn, " ", ActionType, ": ", Url)',
      },
    ],
  },
  {
    needs: 'resources',
    title: 'Azure resources: what happened to them?',
    about: 'Run commands, changed rules, new keys.',
    queries: [
      {
        name: 'resource_activity',
        about: 'Operations on these resources, by caller.',
        tables: ['AzureActivity'],
        kql: `AzureActivity
${inWindow}
| where _ResourceId in~ (resources) or ResourceId in~ (resources)
| project TimeGenerated, Caller, CallerIpAddress, OperationNameValue, ActivityStatusValue, Resource, CorrelationId
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "Azure", What = strcat(Caller, ": ", OperationNameValue, " on ", Resource, " (", ActivityStatusValue, ")")',
      },
    ],
  },
];
