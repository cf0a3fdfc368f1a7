import { expect, it } from 'vitest';
import { timespanText } from '../../../src/notebook/timespanText';

const texts: readonly (readonly [string, string])[] = [
  ['P7D', 'last 7 days'],
  ['P1D', 'last 1 day'],
  ['PT90M', 'last 90 minutes'],
  ['P1DT12H', 'last 1 day 12 hours'],
  ['P2W', 'last 2 weeks'],
  ['PT1M', 'last 1 minute'],
  ['2024-05-01/2024-05-08', '2024-05-01 to 2024-05-08'],
];
for (const [timespan, text] of texts) it(`${timespan}: ${text}`, () => expect(timespanText(timespan)).toBe(text));
