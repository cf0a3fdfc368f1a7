import type { Column, WireRow, WireValue } from '../kqlTypes';

/** Where a result tells of events: indexes of columns. */
export interface TimelineColumns {
  readonly time: number;
  /** Columns that events can be put into lanes by, the best first. */
  readonly lanes: readonly number[];
  /** Columns that say what an event is, the best first. */
  readonly labels: readonly number[];
}

const times = ['TimeGenerated', 'Timestamp', 'StartTime', 'EventStartTime', 'FirstSeen', 'CreatedDateTime'];
const goodLanes =
  'Source,Type,AlertName,ActionType,OperationName,Activity,EventType,Category,AlertSeverity,EventID,Table,$table,ProviderName,ProductName,Computer,DeviceName,AppDisplayName,ResultType,UserPrincipalName,AccountName,Account,IPAddress'.split(
    ',',
  );
const goodLabels =
  'What,Title,AlertName,Activity,OperationName,ActionType,ProcessCommandLine,CommandLine,FileName,ResultDescription,Description,AppDisplayName,UserPrincipalName,AccountName,IPAddress,RemoteUrl'.split(
    ',',
  );

/** What a timeline is drawn of; undefined when no column holds times. */
export function timelineColumns(columns: readonly Column[]): TimelineColumns | undefined {
  const indexes = columns.map((_column, index) => index);
  const datetimes = indexes.filter((index) => columns[index]?.type === 'datetime');
  const named = times.map((name) => datetimes.find((index) => columns[index]?.name === name));
  const time = named.find((index) => index !== undefined) ?? datetimes[0];
  if (time === undefined) return undefined;
  const texts = indexes.filter((index) => ['string', 'int', 'long', 'bool', 'guid'].includes(columns[index]?.type ?? ''));
  const rank = (wanted: readonly string[]) => (index: number): number => {
    const at = wanted.indexOf(columns[index]?.name ?? '');
    return at === -1 ? wanted.length + index : at;
  };
  const by = (key: (index: number) => number): readonly number[] => [...texts].sort((left, right) => key(left) - key(right));
  return { time, lanes: by(rank(goodLanes)), labels: by(rank(goodLabels)) };
}

export interface TimelineEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Index into the rows. */
  readonly row: number;
}

export interface Lane {
  /** Value of the lane's column as text; undefined: all that have no lane of their own. */
  readonly name: string | undefined;
  /** In the order of time. */
  readonly events: readonly TimelineEvent[];
}

export interface Timeline {
  /** Most events first, what is left over last. Never empty. */
  readonly lanes: readonly Lane[];
  /** Of the first and last event. */
  readonly first: number;
  readonly last: number;
  readonly events: number;
  /** Rows without a time that can be drawn: null, or beyond what clocks of browsers know. */
  readonly skipped: number;
}

/**
 * Puts rows into lanes.
 * @param lane Undefined: one lane for all.
 * @returns undefined when no row has a time.
 */
export function timeline(rows: readonly WireRow[], time: number, lane: number | undefined, maxLanes: number): Timeline | undefined {
  const byLane = new Map<string, TimelineEvent[]>();
  let skipped = 0;
  let [first, last] = [Infinity, -Infinity];
  for (const [row, values] of rows.entries()) {
    const at = milliseconds(values[time] ?? null);
    if (at === undefined) {
      skipped += 1;
      continue;
    }
    first = Math.min(first, at);
    last = Math.max(last, at);
    const name = lane === undefined ? '' : String(values[lane] ?? '');
    const events = byLane.get(name);
    if (events) events.push({ time: at, row });
    else byLane.set(name, [{ time: at, row }]);
  }
  if (byLane.size === 0) return undefined;
  const all = [...byLane].sort(([leftName, left], [rightName, right]) => right.length - left.length || (leftName < rightName ? -1 : 1));
  const own = all.length <= maxLanes ? all : all.slice(0, maxLanes - 1);
  const others = all.slice(own.length).flatMap(([, events]) => events);
  const lanes: Lane[] = own.map(([name, events]) => ({ name, events: events.sort(byTime) }));
  if (others.length > 0) lanes.push({ name: undefined, events: others.sort(byTime) });
  return { lanes, first, last, events: rows.length - skipped, skipped };
}

/** Events that are drawn as one mark, because they stand too close. */
export interface Mark {
  readonly events: readonly TimelineEvent[];
  /** Share of the width, 0 to 1. */
  readonly at: number;
}

/** The marks of a lane between two times, at most `places` of them. */
export function marks(lane: Lane, start: number, end: number, places: number): readonly Mark[] {
  const span = Math.max(1, end - start);
  const made: { place: number; events: TimelineEvent[] }[] = [];
  for (const event of lane.events) {
    if (event.time < start || event.time > end) continue;
    const place = Math.min(places - 1, Math.floor(((event.time - start) / span) * places));
    const before = made.at(-1);
    if (before?.place === place) before.events.push(event);
    else made.push({ place, events: [event] });
  }
  return made.map(({ events }) => {
    const middle = ((events[0]?.time ?? start) + (events.at(-1)?.time ?? start)) / 2;
    return { events, at: (middle - start) / span };
  });
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 90, 180, 365, 730, 1825, 3650].map((count) => count * DAY),
];

export interface Ticks {
  /** Milliseconds from one to the next. */
  readonly step: number;
  readonly times: readonly number[];
}

/**
 * Round times for an axis, at most `most` of them.
 * @param offset Of the zone that times are shown in, milliseconds: midnight there is a round time.
 */
export function ticks(start: number, end: number, most: number, offset: number): Ticks {
  const span = Math.max(1, end - start);
  const step = steps.find((candidate) => span / candidate <= most) ?? Math.ceil(span / most / DAY) * DAY;
  const found: number[] = [];
  for (let time = Math.ceil((start + offset) / step) * step - offset; time <= end; time += step) found.push(time);
  return { step, times: found };
}

function milliseconds(value: WireValue): number | undefined {
  if (typeof value !== 'string') return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

function byTime(left: TimelineEvent, right: TimelineEvent): number {
  return left.time - right.time || left.row - right.row;
}
