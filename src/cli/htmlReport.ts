import { isWarning, noticeText } from '../common/notices';
import { escapeHtml, htmlTable, type HtmlTableLimits } from '../notebook/htmlTable';
import { errorOutput } from '../notebook/outputs';
import type { ParameterValue } from '../notebook/parameters';
import { countOf, duration, resultSummary } from '../notebook/resultSummary';
import { visibleLines, visibleText } from '../notebook/visibleText';
import { markdownHtml } from './markdown';
import type { CellReport, NotebookRun } from './notebookRun';

export interface ReportHead {
  readonly title: string;
  /** File of the notebook. */
  readonly source: string;
  readonly workspace: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

const LIMITS: HtmlTableLimits = { rows: 100, columns: 60, cell: 1000 };

/** The run as one HTML file: no script, nothing fetched, all data escaped. */
export function htmlReport(head: ReportHead, run: NotebookRun): string {
  const markdown = markdownHtml();
  const cells = run.cells.map((report) => cellHtml(report, markdown)).filter((html) => html !== '');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="generator" content="Huntbook">
<title>${escapeHtml(visibleText(head.title))}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="source">${text(head.source)}</p>
<dl>
${facts(head, run)
  .map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`)
  .join('\n')}
</dl>
</header>
<main>
${cells.join('\n')}
</main>
</body>
</html>
`;
}

function facts(head: ReportHead, run: NotebookRun): readonly (readonly [string, string])[] {
  const ran = run.cells.filter((report) => report.kind === 'ran').length;
  const state = run.failure ? `Stopped by an error after ${countOf(ran, 'cell')}` : `${countOf(ran, 'cell')} ran`;
  return [
    ['Run at', `${run.startedAt.toISOString()} (${duration(run.finishedAt.getTime() - run.startedAt.getTime())})`],
    ['Workspace', head.workspace],
    ['State', state],
    ...Object.entries(head.parameters).map(
      ([name, value]) => [`Parameter ${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
  ];
}

function cellHtml(report: CellReport, markdown: (text: string) => string): string {
  switch (report.kind) {
    case 'markdown':
      return report.cell.kind === 'markdown' ? `<section>${markdown(report.cell.source)}</section>` : '';
    case 'skipped':
      return section(
        report.number,
        report.cell.source,
        `<p class="note">Not KQL (${text(report.cell.language ?? 'unknown language')}): not run.</p>`,
      );
    case 'notRun':
      return section(report.number, report.cell.source, '<p class="note">Not run.</p>');
    case 'failed':
      return section(
        report.number,
        report.cell.source,
        `<pre class="error">${escapeHtml(visibleLines(errorOutput(report.error, report.cell.source).stack))}</pre>`,
      );
    case 'ran':
      return section(report.number, report.cell.source, outcomeHtml(report.outcome));
  }
}

function outcomeHtml(outcome: Extract<CellReport, { kind: 'ran' }>['outcome']): string {
  switch (outcome.kind) {
    case 'empty':
      return '';
    case 'definitions':
      return `<p class="note">Defined ${text(outcome.names.join(', '))}</p>`;
    case 'result': {
      const { result, name } = outcome;
      const notices = (result.notices ?? []).map((notice) => `<p class="${isWarning(notice) ? 'warning' : 'note'}">${text(noticeText(notice))}</p>`);
      const warnings = [...notices, ...result.warnings.map((warning) => `<p class="warning">${text(warning)}</p>`)].join('');
      const summary = `${name === undefined ? '' : `${name}: `}${resultSummary(result)}`;
      const table =
        result.rowCount === 0 ? '' : `<div class="table">${htmlTable(result.columns, result.preview, result.rowCount, LIMITS)}</div>`;
      return `${warnings}<p class="note">${text(summary)}</p>${table}`;
    }
  }
}

function section(number: number, source: string, output: string): string {
  return `<section class="cell" id="cell-${number}"><pre class="query">${escapeHtml(visibleLines(source))}</pre>${output}</section>`;
}

function text(value: string): string {
  return escapeHtml(visibleText(value));
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --error: #c4314b; --warning: #b8860b; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1200px; margin: 0 auto; padding: 1.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
dt, .source, .note { opacity: .75; } dd { margin: 0; } .source { margin: 0; font-size: .9em; }
pre { font: 13px/1.45 ui-monospace, Consolas, monospace; overflow-x: auto; padding: .6rem .8rem; border-radius: 4px; background: var(--soft); }
pre.error { border-left: 4px solid var(--error); white-space: pre-wrap; } .warning { border-left: 4px solid var(--warning); padding-left: .6rem; }
.cell { margin: 1.2rem 0; } .note { margin: .3rem 0; font-size: .9em; }
.table { overflow: auto; max-height: 32rem; border: 1px solid var(--line); }
table { border-collapse: collapse; font-size: 13px; } th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; max-width: 40rem; overflow-wrap: anywhere; }
th { position: sticky; top: 0; background: Canvas; white-space: nowrap; }
@media print { .table { max-height: none; } }
`;
