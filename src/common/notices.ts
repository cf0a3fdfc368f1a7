import type { ResultNotice, ServiceStatistics } from './engineProtocol';

/** Must people know it to read the rows rightly: is it less than what was asked for? */
export function isWarning({ kind }: ResultNotice): boolean {
  return kind === 'partial' || kind === 'truncated';
}

/** A notice as one sentence, for tables, files and terminals. */
export function noticeText(notice: ResultNotice): string {
  switch (notice.kind) {
    case 'partial':
      return `Not all rows: the service answered with an error beside them. ${notice.message}`;
    case 'truncated':
      return `Not all rows: ${notice.message}`;
    case 'cached':
      return `Answered from the service's cache, ${ageText(notice.ageSeconds)} old.`;
    case 'timespan':
      return `Time range sent with the query: ${notice.timespan}, from the ${notice.from === 'cell' ? "cell's option" : "notebook's default"}.`;
    case 'searched':
      return `The table has the plan ${notice.plan}: it was searched by itself.`;
  }
}

export function ageText(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** What the service measured, one fact a line; empty when it said nothing. */
export function statisticsLines(service: ServiceStatistics | undefined): readonly string[] {
  if (!service) return [];
  const { executionMs, cpuMs, memoryPeakBytes, rowsScanned, bytesScanned, queueMs, tables } = service;
  const facts: readonly (readonly [label: string, value: string | undefined])[] = [
    ['Time in the service', millisecondsText(executionMs)],
    ['CPU time', millisecondsText(cpuMs)],
    ['Peak memory', bytesText(memoryPeakBytes)],
    ['Rows scanned', rowsScanned === undefined ? undefined : integers.format(rowsScanned)],
    ['Data scanned', bytesText(bytesScanned)],
    ['Waited in the queue', queueMs === 0 ? undefined : millisecondsText(queueMs)],
    ['Tables', tables && tables.length > 0 ? tables.join(', ') : undefined],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [`${label}: ${value}`]));
}

const integers = new Intl.NumberFormat('en-US');

function millisecondsText(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : `${(milliseconds / 1000).toFixed(2)} s`;
}

function bytesText(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${step === 0 ? bytes : (bytes / 1024 ** step).toFixed(1)} ${units[step] ?? ''}`;
}
