import type { Severity } from '../common/incidents';

/** From the least to the most severe. */
export const severities = ['Informational', 'Low', 'Medium', 'High'] as const satisfies readonly Severity[];

/** 0 (informational) to 3 (high): for sorting. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}
