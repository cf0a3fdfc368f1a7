import { type HuntSection, inWindow } from './huntSection';

/** For accounts, mailboxes and applications. */
export const identitySections: readonly HuntSection[] = [
  {
    needs: 'accounts',
    title: 'Accounts: sign-ins and changes',
    about: 'From where did they sign in, and is that new? What did they change?',
    queries: [
      {
        name: 'account_signins',
        about: 'Interactive sign-ins by address. A success after failures, a new country, an old protocol?',
        tables: ['SigninLogs'],
        kql: `SigninLogs
${inWindow}
| where UserPrincipalName in~ (accounts)
| summarize
    SignIns = count(),
    FirstSeen = min(TimeGenerated),
    LastSeen = max(TimeGenerated),
    Results = make_set(ResultType, 20),
    Apps = make_set(AppDisplayName, 20),
    Clients = make_set(ClientAppUsed, 10)
    by UserPrincipalName, IPAddress, Location, Outcome = iff(ResultType == "0", "success", "failure")
| sort by FirstSeen asc`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "Sign-in", What = strcat(UserPrincipalName, " from ", IPAddress, " (", Location, "): ", SignIns, " × ", Outcome)',
      },
      {
        name: 'account_new_addresses',
        about: 'Of these, the addresses that the account did not use successfully in the 14 days before.',
        tables: ['SigninLogs'],
        results: ['account_signins'],
        kql: `let known =
    SigninLogs
    | where TimeGenerated between ((windowStart - 14d) .. windowStart)
    | where UserPrincipalName in~ (accounts) and ResultType == "0"
    | distinct UserPrincipalName, IPAddress;
account_signins
| join kind=leftanti known on UserPrincipalName, IPAddress
| sort by FirstSeen asc`,
      },
      {
        name: 'account_tokens',
        about: 'Use of tokens without prompting: works on after a password change until sessions are revoked.',
        tables: ['AADNonInteractiveUserSignInLogs'],
        kql: `AADNonInteractiveUserSignInLogs
${inWindow}
| where UserPrincipalName in~ (accounts)
| summarize
    Uses = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated), Apps = make_set(AppDisplayName, 20)
    by UserPrincipalName, IPAddress, Location
| sort by Uses desc`,
      },
      {
        name: 'account_changes',
        about: 'Changes in the directory by these accounts or to them: roles, apps, methods, resets.',
        tables: ['AuditLogs'],
        kql: `AuditLogs
${inWindow}
| extend Actor = tostring(InitiatedBy.user.userPrincipalName), ActorAddress = tostring(InitiatedBy.user.ipAddress)
| where Actor in~ (accounts) or tostring(TargetResources) has_any (accounts)
| project
    TimeGenerated, OperationName, Actor, ActorAddress, Target = tostring(TargetResources[0].displayName), Result,
    Category
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "Directory", What = strcat(OperationName, " by ", Actor, " on ", Target)',
      },
      {
        name: 'account_azure',
        about: 'What they did in Azure.',
        tables: ['AzureActivity'],
        kql: `AzureActivity
${inWindow}
| where Caller in~ (accounts)
| project TimeGenerated, Caller, CallerIpAddress, OperationNameValue, ActivityStatusValue, ResourceGroup, Resource
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "Azure", What = strcat(Caller, ": ", OperationNameValue, " on ", Resource, " (", ActivityStatusValue, ")")',
      },
      {
        name: 'account_logons',
        about: 'Logons on Windows machines, successful (4624) and not (4625).',
        tables: ['SecurityEvent'],
        kql: `SecurityEvent
${inWindow}
| where EventID in (4624, 4625) and TargetUserName in~ (accountNames)
| summarize Logons = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated), Types = make_set(LogonType, 10)
    by TargetUserName, Computer, IpAddress, EventID, Activity
| sort by FirstSeen asc`,
        timeline: '| project TimeGenerated = FirstSeen, Source = "Logon", What = strcat(TargetUserName, " on ", Computer, " from ", IpAddress, ": ", Activity)',
      },
    ],
  },
  {
    needs: 'mailboxes',
    title: 'Mailboxes: rules and mail',
    about: 'Rules that hide or forward, who reads the mailbox, what it sent on.',
    queries: [
      {
        name: 'mailbox_rules',
        about: 'Rules and forwarding made or changed.',
        tables: ['OfficeActivity'],
        kql: `OfficeActivity
${inWindow}
| where UserId in~ (mailboxes) or MailboxOwnerUPN in~ (mailboxes)
| where Operation in ("New-InboxRule", "Set-InboxRule", "UpdateInboxRules", "Set-Mailbox", "Add-MailboxPermission", "AddFolderPermissions")
| project TimeGenerated, UserId, ClientIP, Operation, Parameters
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "Mailbox", What = strcat(Operation, " by ", UserId, " from ", ClientIP, ": ", Parameters)',
      },
      {
        name: 'mailbox_activity',
        about: 'Everything in Microsoft 365 by address: which address does not belong to the owner?',
        tables: ['OfficeActivity'],
        kql: `OfficeActivity
${inWindow}
| where UserId in~ (mailboxes)
| summarize
    Events = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated)
    by UserId, ClientIP, Operation, OfficeWorkload
| sort by UserId asc, ClientIP asc, Events desc`,
      },
      {
        name: 'mail_sent',
        about: 'Mail with links or attachments sent by these mailboxes.',
        tables: ['EmailEvents'],
        kql: `EmailEvents
${inWindow}
| where SenderFromAddress in~ (mailboxes) and (UrlCount > 0 or AttachmentCount > 0)
| summarize SentAt = min(TimeGenerated), Recipients = dcount(RecipientEmailAddress), To = make_set(RecipientEmailAddress, 50)
    by SenderFromAddress, SenderIPv4, Subject, DeliveryAction
| sort by Recipients desc`,
        timeline: '| project TimeGenerated = SentAt, Source = "Mail", What = strcat(SenderFromAddress, " sends to ", Recipients, ": ", Subject)',
      },
      {
        name: 'mail_received',
        about: 'Mail from outside with links or attachments to these mailboxes: the way in?',
        tables: ['EmailEvents'],
        kql: `EmailEvents
${inWindow}
| where RecipientEmailAddress in~ (mailboxes) and EmailDirection == "Inbound" and (UrlCount > 0 or AttachmentCount > 0)
| project
    TimeGenerated, RecipientEmailAddress, SenderFromAddress, SenderIPv4, Subject, UrlCount, AttachmentCount,
    ThreatTypes, DeliveryAction, NetworkMessageId
| sort by TimeGenerated desc`,
      },
      {
        name: 'mail_clicks',
        about: 'Links that the owners clicked.',
        tables: ['UrlClickEvents'],
        kql: `UrlClickEvents
${inWindow}
| where AccountUpn in~ (mailboxes)
| project TimeGenerated, AccountUpn, ActionType, IsClickedThrough, Url, IPAddress, ThreatTypes
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "Click", What = strcat(AccountUpn, " ", ActionType, ": ", Url)',
      },
    ],
  },
  {
    needs: 'apps',
    title: 'Applications: consent and use',
    about: 'Who gave the app which rights, and from where does it work?',
    queries: [
      {
        name: 'app_changes',
        about: 'Consents, grants, credentials of the apps.',
        tables: ['AuditLogs'],
        kql: `AuditLogs
${inWindow}
| where tostring(TargetResources) has_any (apps)
| extend Actor = tostring(InitiatedBy.user.userPrincipalName), ActorAddress = tostring(InitiatedBy.user.ipAddress)
| project
    TimeGenerated, OperationName, Actor, ActorAddress, Target = tostring(TargetResources[0].displayName),
    Properties = tostring(TargetResources[0].modifiedProperties), Result
| sort by TimeGenerated asc`,
        timeline: '| project TimeGenerated, Source = "App", What = strcat(OperationName, " by ", Actor, ": ", Target)',
      },
      {
        name: 'app_signins',
        about: 'Sign-ins of the apps themselves.',
        tables: ['AADServicePrincipalSignInLogs'],
        kql: `AADServicePrincipalSignInLogs
${inWindow}
| where ServicePrincipalName in~ (apps) or AppId in~ (apps)
| summarize
    SignIns = count(), FirstSeen = min(TimeGenerated), LastSeen = max(TimeGenerated),
    Resources = make_set(ResourceDisplayName, 10)
    by ServicePrincipalName, AppId, IPAddress, Location
| sort by SignIns desc`,
      },
    ],
  },
];
