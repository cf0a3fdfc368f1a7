import type { ServiceStatistics } from '../../../common/engineProtocol';

interface Answer {
  readonly file: { readonly envelope: { readonly statistics: ServiceStatistics | undefined } };
  readonly queueMs: number;
}

/** Statistics of a cell's answers together: what was used adds up, the most memory counts, parts wait at the same time. */
export function addedStatistics(answers: readonly Answer[]): ServiceStatistics {
  const known = answers.flatMap(({ file }) => file.envelope.statistics ?? []);
  const total = (name: 'executionMs' | 'cpuMs' | 'rowsScanned' | 'bytesScanned'): number | undefined => {
    const values = known.flatMap((statistics) => statistics[name] ?? []);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
  };
  const memory = known.flatMap(({ memoryPeakBytes }) => memoryPeakBytes ?? []);
  const tables = [...new Set(known.flatMap((statistics) => statistics.tables ?? []))];
  const queueMs = Math.round(Math.max(0, ...answers.map((answer) => answer.queueMs)));
  return {
    executionMs: total('executionMs'),
    cpuMs: total('cpuMs'),
    memoryPeakBytes: memory.length === 0 ? undefined : Math.max(...memory),
    rowsScanned: total('rowsScanned'),
    bytesScanned: total('bytesScanned'),
    ...(queueMs > 0 ? { queueMs } : {}),
    ...(tables.length > 0 ? { tables } : {}),
  };
}
