/** Ten million sign-in and process events, the same on every machine, in a database file that later runs find again. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Column, KqlType } from '../../src/common/kqlTypes';
import type { CatalogTable } from '../../src/engine/catalog';
import { physicalTypes } from '../../src/engine/physicalTypes';

/** Rows of each of the two tables. */
export const ROWS = 5_000_000;
/** Raised whenever the rows change, so that no older file is used. */
const VERSION = 1;

/** 1 April 2024 in ticks; the events are spread evenly over thirty days. */
export const FIRST_TICK = 638_475_264_000_000_000n;
const TICKS_BETWEEN = (30n * 864_000_000_000n) / BigInt(ROWS);
/** What `now()` is: the end of the events. */
export const NOW = FIRST_TICK + BigInt(ROWS) * TICKS_BETWEEN;

interface Made {
  readonly name: string;
  readonly type: KqlType;
  /** Over the row number `i`. */
  readonly sql: string;
}

const pick = (salt: string, items: readonly string[]): string =>
  `[${items.map((item) => `'${item.replaceAll("'", "''")}'`).join(', ')}][CAST(hash(i, '${salt}') % ${items.length} AS BIGINT) + 1]`;
const below = (salt: string, end: number): string => `CAST(hash(i, '${salt}') % ${end} AS BIGINT)`;
const time: Made = { name: 'TimeGenerated', type: 'datetime', sql: `${FIRST_TICK} + i * ${TICKS_BETWEEN}` };

const countries = ['US', 'GB', 'DE', 'FR', 'NL', 'IN', 'BR', 'RU', 'CN', 'JP'];
const cities = ['Seattle', 'London', 'Berlin', 'Paris', 'Amsterdam', 'Pune', 'Recife', 'Kazan', 'Wuhan', 'Osaka'];
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  'python-requests/2.31.0',
  'BAV2ROPC',
];
/** Every seventh address is a private one. */
const address = `CASE WHEN i % 7 = 0 THEN '10.' || ${below('b', 4)} || '.' || ${below('c', 256)} || '.' || ${below('d', 256)} ELSE ${below('a', 200)} + 20 || '.' || ${below('b', 256)} || '.' || ${below('c', 32)} || '.' || ${below('d', 256)} END`;

const signIns: readonly Made[] = [
  time,
  { name: 'UserPrincipalName', type: 'string', sql: `'user' || ${below('user', 20_000)} || '@contoso.com'` },
  { name: 'AppDisplayName', type: 'string', sql: pick('app', ['Office 365', 'Azure Portal', 'Microsoft Teams', 'Exchange Online', 'Salesforce', 'Okta Sync']) },
  { name: 'ResultType', type: 'string', sql: pick('result', ['0', '0', '0', '0', '0', '0', '50126', '50053', '50074', '50140']) },
  { name: 'IPAddress', type: 'string', sql: address },
  { name: 'Location', type: 'string', sql: pick('place', countries) },
  { name: 'UserAgent', type: 'string', sql: pick('agent', agents) },
  { name: 'DurationMs', type: 'long', sql: below('duration', 30_000) },
  { name: 'RiskScore', type: 'real', sql: `${below('risk', 10_000)} / 100.0` },
  { name: 'IsInteractive', type: 'bool', sql: `${below('interactive', 3)} > 0` },
  {
    name: 'LocationDetails',
    type: 'dynamic',
    sql: `'{"city":"' || ${pick('place', cities)} || '","countryOrRegion":"' || ${pick('place', countries)} || '","geoCoordinates":{"latitude":' || ${below('latitude', 90)} || ',"longitude":' || ${below('longitude', 180)} || '}}'`,
  },
  { name: 'CorrelationId', type: 'guid', sql: `CAST(md5('correlation' || i) AS UUID)` },
];

const commands = [
  'powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\ProgramData\\Scripts\\inventory.ps1',
  'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s Schedule',
  '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" /n "C:\\Users\\Public\\report.docx"',
  'cmd.exe /c whoami /all && net group "Domain Admins" /domain',
  'rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\temp\\out.dmp full',
  'chrome.exe --type=renderer --lang=en-US --device-scale-factor=1',
  'msiexec.exe /i \\\\fileserver\\software\\agent.msi /qn',
  'schtasks /create /tn Updater /tr C:\\Users\\Public\\update.exe /sc hourly',
];
const files = ['powershell.exe', 'svchost.exe', 'WINWORD.EXE', 'cmd.exe', 'rundll32.exe', 'chrome.exe', 'msiexec.exe', 'schtasks.exe'];

const processes: readonly Made[] = [
  time,
  { name: 'DeviceName', type: 'string', sql: `'host' || lpad(CAST(${below('host', 5_000)} AS VARCHAR), 4, '0') || '.contoso.com'` },
  { name: 'AccountName', type: 'string', sql: `'user' || ${below('account', 20_000)}` },
  { name: 'FileName', type: 'string', sql: pick('command', files) },
  { name: 'ProcessCommandLine', type: 'string', sql: `${pick('command', commands)} || ' --session=' || ${below('session', 100_000)}` },
  { name: 'InitiatingProcessFileName', type: 'string', sql: pick('parent', ['explorer.exe', 'services.exe', 'cmd.exe', 'WINWORD.EXE', 'outlook.exe']) },
  { name: 'ProcessId', type: 'long', sql: below('pid', 65_536) },
  { name: 'SHA256', type: 'string', sql: `sha256('file' || ${below('file', 50_000)})` },
  {
    name: 'AdditionalFields',
    type: 'dynamic',
    sql: `'{"IntegrityLevel":"' || ${pick('integrity', ['Low', 'Medium', 'High', 'System'])} || '","Tags":["' || ${pick('tag1', ['signed', 'unsigned', 'packed'])} || '","' || ${pick('tag2', ['new', 'known'])} || '"]}'`,
  },
];

export const DATABASE = 'events';

export const tables: readonly CatalogTable[] = [table('SigninLogs', signIns), table('DeviceProcessEvents', processes)];

function table(name: string, made: readonly Made[]): CatalogTable {
  const columns = made.map(({ name: column, type }): Column => ({ name: column, type }));
  return { name, columns, relation: `${DATABASE}."${name}"`, timeColumn: 'TimeGenerated' };
}

/** The database file, made when it is missing: about half a minute. */
export async function eventsFile(folder: string): Promise<string> {
  const file = path.join(folder, `events-${VERSION}-${ROWS}.duckdb`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.new`;
  rmSync(unfinished, { force: true });
  const instance = await DuckDBInstance.create(unfinished);
  const connection = await instance.connect();
  for (const [name, made] of [['SigninLogs', signIns] as const, ['DeviceProcessEvents', processes] as const]) {
    const list = made.map(({ type, sql }, index) => `CAST(${sql} AS ${physicalTypes[type]}) AS c${index}`);
    await connection.run(`CREATE TABLE "${name}" AS SELECT ${list.join(', ')} FROM range(${ROWS}) r(i)`);
  }
  connection.closeSync();
  instance.closeSync();
  renameSync(unfinished, file);
  return file;
}
