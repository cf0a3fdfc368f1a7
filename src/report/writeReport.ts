import { readNotebook } from '../notebook/ipynb';
import { htmlReport } from './htmlReport';
import { reportOfNotebook } from './notebookReport';
import { redacted } from './redaction/redactReport';

export interface WriteReport {
  /** Text of the `.ipynb`. */
  readonly notebook: string;
  /** Name of its file, shown at the head. */
  readonly source: string;
  readonly redact: boolean;
}

/**
 * A notebook as one HTML file without scripts.
 * @throws HuntError `badNotebook`.
 */
export function writeReport({ notebook, source, redact }: WriteReport): string {
  const report = reportOfNotebook(readNotebook(notebook, source), source);
  return htmlReport(redact ? redacted(report) : report);
}
