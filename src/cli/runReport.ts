import { errorOutput } from '../notebook/outputs';
import type { ParameterValue } from '../notebook/parameters';
import { countOf, duration } from '../notebook/resultSummary';
import { savedPictures } from '../report/notebookReport';
import type { Report, ReportOutput, ReportPart } from '../report/report';
import type { CellReport, NotebookRun } from './notebookRun';

export interface RunHead {
  readonly title: string;
  /** File of the notebook. */
  readonly source: string;
  readonly workspace: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** A run as a report: results are shown whatever the executed notebook keeps of them. */
export function reportOfRun(head: RunHead, run: NotebookRun): Report {
  const ran = run.cells.filter((cell) => cell.kind === 'ran').length;
  return {
    title: head.title,
    source: head.source,
    facts: [
      { name: 'Run at', value: `${run.startedAt.toISOString()} (${duration(run.finishedAt.getTime() - run.startedAt.getTime())})` },
      { name: 'Workspace', value: head.workspace },
      { name: 'State', value: run.failure ? `Stopped by an error after ${countOf(ran, 'cell')}` : `${countOf(ran, 'cell')} ran` },
      ...Object.entries(head.parameters).map(([name, value]) => ({
        name: `Parameter ${name}`,
        value: typeof value === 'string' ? value : JSON.stringify(value),
      })),
    ],
    parts: run.cells.flatMap((cell, index) => partOf(cell, run.notebook.cells[index]?.raw)),
  };
}

function partOf(report: CellReport, executed: Parameters<typeof savedPictures>[0] | undefined): readonly ReportPart[] {
  const { source } = report.cell;
  if (report.kind === 'markdown') return report.cell.kind === 'markdown' ? [{ kind: 'markdown', source }] : [];
  const outputs = [...outputsOf(report), ...(executed ? savedPictures(executed) : [])];
  return [{ kind: 'code', number: report.number, source, outputs }];
}

function outputsOf(report: Exclude<CellReport, { kind: 'markdown' }>): readonly ReportOutput[] {
  switch (report.kind) {
    case 'skipped':
      return [{ kind: 'note', text: `Not KQL (${report.cell.language ?? 'unknown language'}): not run.` }];
    case 'notRun':
      return [{ kind: 'note', text: 'Not run.' }];
    case 'failed':
      return [{ kind: 'error', text: errorOutput(report.error, report.cell.source).stack }];
    case 'ran': {
      const { outcome } = report;
      if (outcome.kind === 'empty') return [];
      if (outcome.kind === 'definitions') return [{ kind: 'note', text: `Defined ${outcome.names.join(', ')}` }];
      return [{ kind: 'result', saved: { version: 1, result: outcome.result, ...(outcome.name === undefined ? {} : { name: outcome.name }) } }];
    }
  }
}
