import { isTimespan } from '../kql/timespan';

/** Is it an ISO 8601 duration or interval? */
export { isTimespan };

const units = { W: 'week', D: 'day', H: 'hour', M: 'minute', S: 'second' } as const;

/** A timespan as people say it: `last 7 days`, `last 1 day 12 hours`; an interval stays as it is written, with words between. */
export function timespanText(timespan: string): string {
  if (timespan.includes('/')) return timespan.replace('/', ' to ');
  const parts = [...timespan.replace(/^P/u, '').matchAll(/(\d+(?:\.\d+)?)([WDHMS])/gu)].map(([, amount = '', letter = 'D']) => {
    const unit = units[letter as keyof typeof units];
    return `${amount} ${unit}${amount === '1' ? '' : 's'}`;
  });
  return parts.length === 0 ? timespan : `last ${parts.join(' ')}`;
}
