/** Sixty lines of the kind that detections are made of. A new number each time, so that nothing is found ready. */
export function longQuery(run: number): string {
  return `let lookback = ${7 + run}d;
let window = 1h;
let minFailures = ${20 + run};
let minAccounts = 10;
let officeNetworks = dynamic(["198.51.100.0/24", "203.0.113.0/25"]);
let privileged = datatable(Role:string, Weight:long)
[
    "Global Administrator", 5,
    "Security Administrator", 3,
    "Helpdesk Administrator", 1,
];
let failures = SigninLogs
| where TimeGenerated > ago(lookback)
| where ResultType in ("50126", "50053", "50055", "50056")
| where isnotempty(IPAddress) and not(ipv4_is_in_any_range(IPAddress, officeNetworks))
| extend Country = tostring(LocationDetails.countryOrRegion), City = tostring(LocationDetails.city)
| extend Device = tostring(DeviceDetail.displayName), System = tostring(DeviceDetail.operatingSystem)
| summarize
    Failures = count(),
    Accounts = dcount(UserPrincipalName),
    AccountList = make_set(UserPrincipalName, 50),
    Clients = make_set(ClientAppUsed, 10),
    FirstFailure = min(TimeGenerated),
    LastFailure = max(TimeGenerated)
    by IPAddress, Country, bin(TimeGenerated, window)
| where Failures >= minFailures and Accounts >= minAccounts;
let successes = SigninLogs
| where TimeGenerated > ago(lookback)
| where ResultType == "0"
| extend Method = tostring(parse_json(AuthenticationDetails)[0].authenticationMethod)
| project SuccessTime = TimeGenerated, UserPrincipalName, IPAddress, AppDisplayName, Method, UserAgent, CorrelationId;
let changes = AuditLogs
| where TimeGenerated > ago(lookback)
| where OperationName has_any ("Consent to application", "Add member to role", "Update user")
| extend Actor = tostring(InitiatedBy.user.userPrincipalName), Target = tostring(TargetResources[0].displayName)
| where isnotempty(Actor)
| summarize Changes = count(), Operations = make_set(OperationName), LastChange = max(TimeGenerated) by Actor;
let people = IdentityInfo
| where TimeGenerated > ago(14d)
| summarize arg_max(TimeGenerated, *) by AccountUPN
| mv-expand Role = AssignedRoles to typeof(string)
| lookup kind=leftouter privileged on Role
| summarize Weight = sum(coalesce(Weight, 0)), Roles = make_set(Role) by AccountUPN, Department, JobTitle;
failures
| join kind=inner successes on IPAddress
| where SuccessTime between (FirstFailure .. (LastFailure + window))
| join kind=leftouter changes on $left.UserPrincipalName == $right.Actor
| join kind=leftouter people on $left.UserPrincipalName == $right.AccountUPN
| extend Risk = case(Weight >= 5, "High", Changes > 0, "Medium", "Low")
| extend Minutes = datetime_diff("minute", SuccessTime, FirstFailure)
| extend Agent = iff(UserAgent matches regex "(?i)python|curl|BAV2ROPC", "scripted", "browser")
| summarize arg_max(SuccessTime, *) by UserPrincipalName, IPAddress
| project SuccessTime, UserPrincipalName, IPAddress, Country, Failures, Accounts, Risk, Minutes, Agent, Roles, Operations
| sort by Risk asc, SuccessTime desc`;
}
