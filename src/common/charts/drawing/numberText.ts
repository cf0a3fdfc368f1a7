const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** `1.2K`, for axes. */
export function shortNumber(value: number): string {
  return Math.abs(value) >= 10_000 ? short.format(value) : Math.abs(value) < 1 ? small.format(value) : plain.format(value);
}

/** `1,234.5`, for values that people read one at a time. */
export function longNumber(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(3) : plain.format(value);
}

/** `2024-05-06 07:08`, with what there is of seconds and milliseconds; of midnights the day alone when that is all there is. */
export function timeText(ms: number, utc: boolean, bin?: number): string {
  const date = new Date(utc ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000);
  if (Number.isNaN(date.getTime())) return '';
  const text = date.toISOString();
  const day = text.slice(0, 10);
  if (bin !== undefined && bin % 86_400_000 === 0 && ms % 86_400_000 === 0) return day;
  const end = ms % 1000 !== 0 ? 23 : ms % 60_000 !== 0 ? 19 : 16;
  return `${day} ${text.slice(11, end)}`;
}

/** `1d 2h`, `90 s`: lengths of time along an axis. */
export function spanText(ms: number): string {
  const size = Math.abs(ms);
  const sign = ms < 0 ? '-' : '';
  const units = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1000]] as const;
  const at = units.findIndex(([, unit]) => size >= unit);
  const [name, unit] = units[at] ?? ['ms', 1];
  const [lesser, lesserUnit] = units[at + 1] ?? ['', 0];
  const rest = lesserUnit === 0 ? 0 : Math.floor((size % unit) / lesserUnit);
  if (rest > 0 && at >= 0 && at < 3) return `${sign}${Math.floor(size / unit)}${name} ${rest}${lesser}`;
  return `${sign}${plain.format(Math.round((size / unit) * 100) / 100)}${name}`;
}

/** `12.3%` */
export function percentText(value: number, total: number): string {
  return `${longNumber(Math.round((1000 * value) / (total || 1)) / 10)}%`;
}
