import { readFile } from 'node:fs/promises';
import type { AzureConnection, AzureWorkspace } from '../../../common/azure';
import type { QueryServices } from '../queryRun';
import type { Caller } from '../wire/azureCall';
import type { LogsAnswer } from '../wire/logsApi';
import { userOf } from '../wire/scheduler';
import { withRetries } from '../wire/retries';
import { failureError, ServiceFailure } from '../wire/serviceFailure';

/** `Usage` holds one row an hour for each table that got data: far cheaper than to read the tables. */
const query = 'Usage | where TimeGenerated > ago(32d) | summarize LastTime = max(TimeGenerated) by DataType';
const SERVER_SECONDS = 60;

/** When the tables of a workspace last got data, to the hour, as far as that was in the last month. @throws HuntError */
export async function readLastTimes(
  { api, scheduler, wire }: Pick<QueryServices, 'api' | 'scheduler' | 'wire'>,
  { customerId, name }: AzureWorkspace,
  connection: AzureConnection,
  caller: Caller,
): Promise<ReadonlyMap<string, string>> {
  const endpoint = 'query';
  const request = { workspace: customerId, text: query, alsoIn: [], endpoint, serverTimeoutSeconds: SERVER_SECONDS, fresh: false } as const;
  const ask = (): Promise<LogsAnswer> => api.query(connection, request, caller);
  try {
    const answer = await scheduler.run({ user: userOf(connection), endpoint }, caller, () => withRetries(wire, caller, ask));
    if (answer.kind === 'empty') return new Map();
    try {
      const { columns } = answer.file.envelope;
      const [type, time] = ['DataType', 'LastTime'].map((column) => columns.findIndex((found) => found.name === column));
      const lines = (await readFile(answer.file.path, 'utf8')).split('\n').filter(Boolean);
      const rows = lines.map((line) => JSON.parse(line) as readonly unknown[]);
      return new Map(rows.map((row) => [String(row[type ?? -1]), String(row[time ?? -1])]));
    } finally {
      await answer.file.remove();
    }
  } catch (thrown) {
    if (!(thrown instanceof ServiceFailure)) throw thrown;
    // A workspace without the table.
    if (thrown.status === 400) return new Map();
    const { tenantId } = connection;
    const asked = { service: 'Log Analytics', what: `the data of the workspace "${name}"`, role: 'Log Analytics Reader', seconds: SERVER_SECONDS };
    throw failureError(thrown, { ...asked, tenantId });
  }
}
