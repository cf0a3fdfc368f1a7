/**
 * The shapes that hunting queries are made of, each beside what somebody who knows DuckDB would write by hand over the same tables for the
 * same answer, null rules and letter case included. `sign_ins` and `processes` are views that only name the stored columns.
 */
import { FIRST_TICK, NOW } from './engineData';

export interface Shape {
  readonly name: string;
  readonly kql: string;
  readonly sql: string;
  /** Over the answer's columns `c0`, `c1`, …: what must be equal, where the answers may differ in the order of a set or the last digit. */
  readonly compare?: string;
}

const DAY = 864_000_000_000n;
const HOUR = 36_000_000_000n;
const daysAgo = (days: bigint): bigint => NOW - days * DAY;
/** The start of the bin of a time; bins are counted from tick 0. */
const hourOf = (column: string): string => `(${column} - ${column} % ${HOUR})`;

const names = Array.from({ length: 200 }, (_, index) => `User${index * 97}@contoso.com`);

/** A day in the middle of the events, in KQL's text. */
const START = 'datetime(2024-04-01)';

export const shapes: readonly Shape[] = [
  {
    name: 'where, count',
    kql: 'SigninLogs | where ResultType == "50126" and DurationMs > 20000 | count',
    sql: `SELECT count(*) FROM sign_ins WHERE ResultType = '50126' AND DurationMs > 20000`,
  },
  {
    name: 'has',
    kql: 'DeviceProcessEvents | where ProcessCommandLine has "minidump" | summarize count() by FileName',
    sql: `SELECT FileName, count(*) FROM processes WHERE contains(lower(ProcessCommandLine), 'minidump') AND regexp_matches(ProcessCommandLine, '(?i)(?:^|[^\\pL\\pN])minidump(?:$|[^\\pL\\pN])') GROUP BY 1`,
  },
  {
    name: 'has_any',
    kql: 'DeviceProcessEvents | where ProcessCommandLine has_any ("whoami", "MiniDump", "schtasks", "nltest") | summarize count() by FileName',
    sql: `SELECT FileName, count(*) FROM processes WHERE regexp_matches(ProcessCommandLine, '(?i)(?:^|[^\\pL\\pN])(?:whoami|minidump|schtasks|nltest)(?:$|[^\\pL\\pN])') GROUP BY 1`,
  },
  {
    name: 'contains',
    kql: 'DeviceProcessEvents | where ProcessCommandLine contains "users\\\\public" | summarize count() by FileName',
    sql: `SELECT FileName, count(*) FROM processes WHERE contains(lower(ProcessCommandLine), 'users\\public') GROUP BY 1`,
  },
  {
    name: '=~ and startswith',
    kql: 'DeviceProcessEvents | where FileName =~ "POWERSHELL.exe" and DeviceName startswith "HOST00" | count',
    sql: `SELECT count(*) FROM processes WHERE lower(FileName) = 'powershell.exe' AND starts_with(lower(DeviceName), 'host00')`,
  },
  {
    name: 'a time range, summarize by bin',
    kql: 'SigninLogs | where TimeGenerated > ago(7d) | summarize Events = count(), Failures = countif(ResultType != "0") by bin(TimeGenerated, 1h)',
    sql: `SELECT ${hourOf('TimeGenerated')}, count(*), count(*) FILTER (WHERE ResultType <> '0') FROM sign_ins WHERE TimeGenerated > ${daysAgo(7n)} GROUP BY 1`,
  },
  {
    name: 'many aggregates',
    kql: 'SigninLogs | summarize count(), countif(ResultType != "0"), sum(DurationMs), avg(RiskScore), min(TimeGenerated), max(TimeGenerated), stdev(DurationMs) by AppDisplayName, Location',
    sql: `SELECT AppDisplayName, Location, count(*), count(*) FILTER (WHERE ResultType <> '0'), sum(DurationMs)::BIGINT, avg(RiskScore), min(TimeGenerated), max(TimeGenerated), stddev_samp(DurationMs) FROM sign_ins GROUP BY 1, 2`,
    compare: 'c0, c1, c2, c3, c4, round(c5, 6), c6, c7, round(c8, 6)',
  },
  {
    name: 'dcount',
    kql: 'SigninLogs | summarize dcount(UserPrincipalName), dcount(IPAddress) by Location',
    sql: 'SELECT Location, count(DISTINCT UserPrincipalName), count(DISTINCT IPAddress) FROM sign_ins GROUP BY 1',
  },
  {
    name: 'percentile',
    kql: 'SigninLogs | summarize percentile(DurationMs, 95), percentile(RiskScore, 50) by AppDisplayName',
    sql: 'SELECT AppDisplayName, quantile_disc(DurationMs, 0.95), quantile_disc(RiskScore, 0.5) FROM sign_ins GROUP BY 1',
  },
  {
    name: 'make_set',
    kql: 'SigninLogs | summarize Apps = make_set(AppDisplayName), Countries = make_set(Location) by UserPrincipalName',
    sql: `SELECT UserPrincipalName, to_json(list(DISTINCT AppDisplayName)), to_json(list(DISTINCT Location)) FROM sign_ins GROUP BY 1`,
    compare: 'c0, list_sort(CAST(c1 AS VARCHAR[])), list_sort(CAST(c2 AS VARCHAR[]))',
  },
  {
    name: 'arg_max(*)',
    kql: 'SigninLogs | summarize arg_max(TimeGenerated, *) by UserPrincipalName',
    sql: `WITH latest AS (SELECT arg_max(row, TimeGenerated) AS row FROM (SELECT rowid AS row, c0 AS TimeGenerated, c1 FROM events."SigninLogs") GROUP BY c1)
      SELECT c1, c0, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 FROM events."SigninLogs" WHERE rowid IN (SELECT row FROM latest)`,
  },
  {
    name: 'arg_max of three columns',
    kql: 'SigninLogs | where ResultType == "0" | summarize arg_max(TimeGenerated, IPAddress, Location) by UserPrincipalName, AppDisplayName',
    sql: `SELECT UserPrincipalName, AppDisplayName, TimeGenerated, IPAddress, Location FROM sign_ins WHERE ResultType = '0' QUALIFY row_number() OVER (PARTITION BY UserPrincipalName, AppDisplayName ORDER BY TimeGenerated DESC) = 1`,
  },
  {
    name: 'join kind=inner',
    kql: `SigninLogs | where ResultType == "50126" | summarize Failures = count() by UserPrincipalName
      | join kind=inner (SigninLogs | where ResultType == "0" and Location == "RU" | project UserPrincipalName, IPAddress) on UserPrincipalName
      | summarize count(), max(Failures) by IPAddress`,
    sql: `SELECT r.IPAddress, count(*), max(l.Failures) FROM (SELECT UserPrincipalName, count(*) AS Failures FROM sign_ins WHERE ResultType = '50126' GROUP BY 1) l
      JOIN (SELECT UserPrincipalName, IPAddress FROM sign_ins WHERE ResultType = '0' AND Location = 'RU') r ON l.UserPrincipalName = r.UserPrincipalName GROUP BY 1`,
  },
  {
    name: 'join (innerunique)',
    kql: `SigninLogs | where ResultType == "50053" | project UserPrincipalName
      | join (SigninLogs | where TimeGenerated > ago(3d) and ResultType == "0") on UserPrincipalName
      | summarize count(), avg(DurationMs) by AppDisplayName`,
    sql: `SELECT AppDisplayName, count(*), avg(DurationMs) FROM sign_ins WHERE TimeGenerated > ${daysAgo(3n)} AND ResultType = '0'
      AND UserPrincipalName IN (SELECT UserPrincipalName FROM sign_ins WHERE ResultType = '50053') GROUP BY 1`,
    compare: 'c0, c1, round(c2, 6)',
  },
  {
    name: 'join kind=leftanti',
    kql: `SigninLogs | where TimeGenerated > ago(1d)
      | join kind=leftanti (SigninLogs | where TimeGenerated between (ago(8d) .. ago(1d))) on UserPrincipalName, IPAddress
      | summarize count() by Location`,
    sql: `SELECT Location, count(*) FROM sign_ins l WHERE TimeGenerated > ${daysAgo(1n)}
      AND NOT EXISTS (FROM sign_ins r WHERE r.TimeGenerated BETWEEN ${daysAgo(8n)} AND ${daysAgo(1n)} AND r.UserPrincipalName = l.UserPrincipalName AND r.IPAddress = l.IPAddress) GROUP BY 1`,
  },
  {
    name: 'lookup of a datatable',
    kql: `let places = datatable(Location:string, Region:string)["US", "AMER", "BR", "AMER", "GB", "EMEA", "DE", "EMEA", "FR", "EMEA", "JP", "APAC", "IN", "APAC"];
      SigninLogs | lookup places on Location | summarize count(), sum(DurationMs) by Region`,
    sql: `SELECT coalesce(Region, ''), count(*), sum(DurationMs)::BIGINT FROM sign_ins LEFT JOIN (VALUES ('US', 'AMER'), ('BR', 'AMER'), ('GB', 'EMEA'), ('DE', 'EMEA'), ('FR', 'EMEA'), ('JP', 'APAC'), ('IN', 'APAC')) places(Location, Region) USING (Location) GROUP BY 1`,
  },
  {
    name: 'ipv4_is_private',
    kql: 'SigninLogs | where not(ipv4_is_private(IPAddress)) | summarize count() by Location',
    sql: `SELECT Location, count(*) FROM sign_ins WHERE NOT regexp_full_match(IPAddress, '(10\\.\\d+|192\\.168|172\\.(1[6-9]|2\\d|3[01])|169\\.254)\\.\\d+\\.\\d+') AND regexp_full_match(IPAddress, '(\\d{1,3}\\.){3}\\d{1,3}') GROUP BY 1`,
  },
  {
    name: 'ipv4_is_in_range',
    kql: 'SigninLogs | where ipv4_is_in_range(IPAddress, "100.64.0.0/10") | summarize count() by Location',
    sql: `SELECT Location, count(*) FROM sign_ins WHERE regexp_full_match(IPAddress, '100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){2}(?:/\\d\\d)?') GROUP BY 1`,
  },
  {
    name: 'ipv4_is_in_any_range',
    kql: 'SigninLogs | where ipv4_is_in_any_range(IPAddress, dynamic(["100.64.0.0/10", "10.2.0.0/15", "52.96.0.0/14"])) | summarize count() by Location',
    sql: `SELECT Location, count(*) FROM sign_ins WHERE regexp_full_match(IPAddress, '(?:100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])|10\\.[23]|52\\.9[6-9])(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){2}(?:/\\d\\d)?') GROUP BY 1`,
  },
  {
    name: 'sort, take',
    kql: 'SigninLogs | where Location == "RU" | sort by DurationMs desc, TimeGenerated desc | take 100',
    sql: `SELECT * FROM sign_ins WHERE Location = 'RU' ORDER BY DurationMs DESC, TimeGenerated DESC LIMIT 100`,
  },
  {
    name: 'sort, extend, project, take',
    kql: 'SigninLogs | sort by TimeGenerated desc | extend City = tostring(LocationDetails.city) | project TimeGenerated, UserPrincipalName, City | take 1000',
    sql: `SELECT TimeGenerated, UserPrincipalName, coalesce(LocationDetails ->> '$.city', '') FROM sign_ins ORDER BY TimeGenerated DESC LIMIT 1000`,
  },
  {
    name: 'top',
    kql: 'SigninLogs | summarize Events = count(), Last = max(TimeGenerated) by UserPrincipalName | top 20 by Last',
    sql: 'SELECT UserPrincipalName, count(*), max(TimeGenerated) FROM sign_ins GROUP BY 1 ORDER BY 3 DESC LIMIT 20',
  },
  {
    name: 'distinct',
    kql: 'DeviceProcessEvents | distinct DeviceName, FileName, InitiatingProcessFileName',
    sql: 'SELECT DISTINCT DeviceName, FileName, InitiatingProcessFileName FROM processes',
  },
  {
    name: 'make-series',
    kql: `SigninLogs | make-series Events = count(), Mean = avg(DurationMs) on TimeGenerated from ${START} to ${START} + 30d step 1h by Location`,
    sql: `WITH bins AS (SELECT Location, (TimeGenerated - ${FIRST_TICK}) // ${HOUR} AS bin, count(*) AS events, avg(DurationMs) AS mean FROM sign_ins WHERE TimeGenerated >= ${FIRST_TICK} AND TimeGenerated < ${NOW} GROUP BY 1, 2)
      SELECT Location, to_json(list(coalesce(events, 0) ORDER BY bin)), to_json(list(coalesce(mean, 0) ORDER BY bin)),
        to_json(list(strftime(make_timestamp((${FIRST_TICK} - 621355968000000000 + bin * ${HOUR}) // 10), '%Y-%m-%dT%H:%M:%S.0000000Z') ORDER BY bin))
      FROM (SELECT DISTINCT Location FROM bins) CROSS JOIN range(720) r(bin) LEFT JOIN bins USING (Location, bin) GROUP BY 1`,
    compare: 'c0, CAST(c1 AS BIGINT[]), list_transform(CAST(c2 AS DOUBLE[]), lambda x: round(x, 6)), CAST(c3 AS VARCHAR[])',
  },
  {
    name: 'mv-expand',
    kql: 'DeviceProcessEvents | where FileName == "cmd.exe" | mv-expand Tag = AdditionalFields.Tags to typeof(string) | summarize count() by Tag, InitiatingProcessFileName',
    sql: `SELECT Tag, InitiatingProcessFileName, count(*) FROM (SELECT InitiatingProcessFileName, unnest(CAST(json_extract(AdditionalFields, '$.Tags') AS VARCHAR[])) AS Tag FROM processes WHERE FileName = 'cmd.exe') GROUP BY 1, 2`,
  },
  {
    name: 'parse',
    kql: 'DeviceProcessEvents | parse ProcessCommandLine with Command " --session=" Session:long | summarize max(Session), count() by Command',
    sql: `SELECT CASE WHEN Session IS NOT NULL THEN Command ELSE '' END, max(Session), count(*)
      FROM (SELECT Command, CASE WHEN regexp_full_match(Text, '\\s*[-+]?\\d+\\s*') THEN try_cast(Text AS BIGINT) END AS Session
      FROM (SELECT left(ProcessCommandLine, place - 1) AS Command, substring(ProcessCommandLine, place + 11) AS Text
      FROM (SELECT ProcessCommandLine, nullif(instr(ProcessCommandLine, ' --session='), 0) AS place FROM processes))) GROUP BY 1`,
  },
  {
    name: 'extract',
    kql: 'DeviceProcessEvents | extend Domain = extract(@"(\\w+)\\.exe", 1, ProcessCommandLine) | summarize count() by Domain',
    sql: `SELECT regexp_extract(ProcessCommandLine, '(\\w+)\\.exe', 1), count(*) FROM processes GROUP BY 1`,
  },
  {
    name: 'a path into a dynamic',
    kql: 'SigninLogs | where LocationDetails.countryOrRegion == "DE" | summarize count(), max(todouble(LocationDetails.geoCoordinates.latitude)) by City = tostring(LocationDetails.city)',
    sql: `SELECT coalesce(LocationDetails ->> '$.city', ''), count(*), max(try_cast(LocationDetails ->> '$.geoCoordinates.latitude' AS DOUBLE)) FROM sign_ins WHERE LocationDetails ->> '$.countryOrRegion' = 'DE' GROUP BY 1`,
  },
  {
    name: 'let, materialize',
    kql: `let failures = materialize(SigninLogs | where ResultType != "0" | summarize Failures = count() by UserPrincipalName, Location);
      let most = toscalar(failures | summarize max(Failures));
      failures | where Failures >= most - 2 | join kind=inner (failures | summarize Places = count() by UserPrincipalName) on UserPrincipalName | project UserPrincipalName, Location, Failures, Places`,
    sql: `WITH failures AS MATERIALIZED (SELECT UserPrincipalName, Location, count(*) AS Failures FROM sign_ins WHERE ResultType <> '0' GROUP BY 1, 2)
      SELECT f.UserPrincipalName, Location, Failures, Places FROM failures f JOIN (SELECT UserPrincipalName, count(*) AS Places FROM failures GROUP BY 1) p ON f.UserPrincipalName = p.UserPrincipalName
      WHERE Failures >= (SELECT max(Failures) FROM failures) - 2`,
  },
  {
    name: 'in~ of 200 values',
    kql: `SigninLogs | where UserPrincipalName in~ (${names.map((name) => `"${name}"`).join(', ')}) | summarize count() by UserPrincipalName`,
    sql: `SELECT UserPrincipalName, count(*) FROM sign_ins WHERE lower(UserPrincipalName) IN (SELECT unnest([${names.map((name) => `'${name.toLowerCase()}'`).join(', ')}])) GROUP BY 1`,
  },
  {
    name: 'in of a sub-query',
    kql: 'DeviceProcessEvents | where SHA256 in ((DeviceProcessEvents | where FileName == "rundll32.exe" and TimeGenerated > ago(1h) | distinct SHA256)) | summarize count() by FileName',
    sql: `SELECT FileName, count(*) FROM processes WHERE SHA256 IN (SELECT SHA256 FROM processes WHERE FileName = 'rundll32.exe' AND TimeGenerated > ${NOW - HOUR}) GROUP BY 1`,
  },
  {
    name: 'union, withsource',
    kql: `union withsource=Table (SigninLogs | project TimeGenerated, Name = tostring(split(UserPrincipalName, "@")[0])), (DeviceProcessEvents | project TimeGenerated, Name = AccountName)
      | where TimeGenerated > ago(10d) | summarize count() by Name`,
    sql: `SELECT Name, count(*) FROM (SELECT split_part(UserPrincipalName, '@', 1) AS Name FROM sign_ins WHERE TimeGenerated > ${daysAgo(10n)} UNION ALL SELECT AccountName FROM processes WHERE TimeGenerated > ${daysAgo(10n)}) GROUP BY 1`,
  },
  {
    name: 'extend, case, where on top',
    kql: `SigninLogs | extend Client = case(UserAgent has "python", "script", UserAgent startswith "BAV2ROPC", "legacy", "browser"), Seconds = DurationMs / 1000
      | where Client != "browser" and TimeGenerated > ago(5d) | summarize count(), avg(Seconds) by Client, bin(TimeGenerated, 1d)`,
    sql: `SELECT Client, TimeGenerated - TimeGenerated % ${DAY}, count(*), avg(DurationMs // 1000) FROM (SELECT *, CASE WHEN contains(lower(UserAgent), 'python') AND regexp_matches(UserAgent, '(?i)(?:^|[^\\pL\\pN])python(?:$|[^\\pL\\pN])') THEN 'script' WHEN starts_with(lower(UserAgent), 'bav2ropc') THEN 'legacy' ELSE 'browser' END AS Client FROM sign_ins WHERE TimeGenerated > ${daysAgo(5n)})
      WHERE Client <> 'browser' GROUP BY 1, 2`,
    compare: 'c0, c1, c2, round(c3, 6)',
  },
];
