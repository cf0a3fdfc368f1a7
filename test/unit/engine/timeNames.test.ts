import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from './engine';

const engine = new TestEngine();
beforeAll(async () => {
  await engine.open();
  // As Log Analytics stores it.
  await engine.table('DeviceEvents', 'datatable(TimeGenerated:datetime, DeviceName:string)[datetime(2024-05-06), "web01", datetime(2024-05-05), "web02"]', 'TimeGenerated');
  // As advanced hunting exports it.
  await engine.table('EmailEvents', 'datatable(Timestamp:datetime, Subject:string)[datetime(2024-05-06), "hi"]', 'Timestamp');
  await engine.table('SigninLogs', 'datatable(TimeGenerated:datetime, User:string)[datetime(2024-05-06), "ann"]', 'TimeGenerated');
  await engine.table('Custom', 'datatable(Timestamp:datetime, DeviceName:string)[datetime(2020-01-01), "web01"]');
}, 60_000);
afterAll(() => engine.close());

describe("the time of Defender's tables", () => {
  it('has the name that the query uses, in its place', async () => {
    expect(await engine.names('DeviceEvents | where Timestamp > datetime(2024-05-05)')).toEqual(['Timestamp', 'DeviceName']);
    expect(await engine.rows('DeviceEvents | where Timestamp > datetime(2024-05-05) | project DeviceName')).toEqual([['web01']]);
    expect(await engine.names('EmailEvents | where TimeGenerated > datetime(2024-05-05)')).toEqual(['TimeGenerated', 'Subject']);
    expect(await engine.rows('EmailEvents | project TimeGenerated')).toEqual([['2024-05-06T00:00:00.0000000Z']]);
  });
  it('keeps its own name where the query does not need the other', async () => {
    expect(await engine.names('DeviceEvents | take 1')).toEqual(['TimeGenerated', 'DeviceName']);
    expect(await engine.names('DeviceEvents | where TimeGenerated > datetime(2024-05-05)')).toEqual(['TimeGenerated', 'DeviceName']);
    expect(await engine.names('EmailEvents | extend T = Timestamp')).toEqual(['Timestamp', 'Subject', 'T']);
  });
  it('has both names, side by side, where the query uses both', async () => {
    expect(await engine.names('DeviceEvents | where Timestamp == TimeGenerated')).toEqual(['TimeGenerated', 'Timestamp', 'DeviceName']);
    expect(await engine.rows('DeviceEvents | where Timestamp == TimeGenerated | count')).toEqual([[2]]);
    expect(await engine.names('union DeviceEvents, EmailEvents | where Timestamp > ago(1d) | where TimeGenerated > ago(1d)')).toEqual([
      'TimeGenerated',
      'Timestamp',
      'DeviceName',
      'Subject',
    ]);
    expect(await engine.rows('union DeviceEvents, EmailEvents | where Timestamp == TimeGenerated | count')).toEqual([[3]]);
  });
  it('is found under both in a union of tables stored differently', async () => {
    expect(await engine.sorted('union DeviceEvents, EmailEvents | where Timestamp > datetime(2024-05-05 12:00) | project Timestamp, DeviceName, Subject')).toEqual([
      ['2024-05-06T00:00:00.0000000Z', '', 'hi'],
      ['2024-05-06T00:00:00.0000000Z', 'web01', ''],
    ]);
  });
  it('is filtered by the timespan of the cell', async () => {
    const timespan = '2024-05-06/P1D';
    expect(await engine.rows('DeviceEvents | project Timestamp | count', { timespan })).toEqual([[1]]);
    expect(await engine.rows('DeviceEvents | project Timestamp, TimeGenerated | count', { timespan })).toEqual([[1]]);
  });
  it('leaves a query alone that means something as it stands', async () => {
    // Timestamp is Custom's here, as it is in Log Analytics.
    expect(await engine.rows('DeviceEvents | join kind=inner Custom on DeviceName | project Timestamp')).toEqual([['2020-01-01T00:00:00.0000000Z']]);
  });
  it('is not given to tables of others', () => {
    expect(engine.error('SigninLogs | where Timestamp > ago(1d)')).toMatchObject({ kind: 'unknownName', name: 'Timestamp' });
    expect(engine.error('DeviceEvents | where Timestamp > ago(1d) | union (SigninLogs | where Timestamp > ago(1d))')).toMatchObject({ name: 'Timestamp' });
  });
});
