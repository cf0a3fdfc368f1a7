import { parseDatetime } from '../datetimeText';
import { readJson } from './jsonText';
import { routine, type Routine } from './routine';

/** The start of the session that each time belongs to: a new one starts `longest` or more after the start of the one before. */
function sessionStarts(times: readonly bigint[], longest: bigint): bigint[] {
  let start: bigint | undefined;
  return times.map((time) => {
    if (start === undefined || time >= start + longest) start = time;
    return start;
  });
}

/** Times in text; sessions of times. */
export const dateRoutines: readonly Routine[] = [
  routine('parse_datetime', 1, (text) => parseDatetime(text ?? '')?.toString() ?? null),
  /** Of a JSON array of ticks. A time that is null stands alone. */
  routine('session_starts', 2, (times, longest) => {
    const json = times === null ? undefined : readJson(times);
    const ticks = (json?.kind === 'array' ? json.items : []).flatMap((item) => (item.kind === 'number' ? [BigInt(item.text)] : []));
    if (ticks.length === 0) return '[null]';
    return `[${longest === null ? ticks.map(() => ticks[0]).join(',') : sessionStarts(ticks, BigInt(longest)).join(',')}]`;
  }),
];
