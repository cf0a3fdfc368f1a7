import { isWarning, noticeText } from '../common/notices';
import type { SavedResult } from '../common/savedResult';
import { escapeHtml, htmlTable, type HtmlTableLimits } from '../notebook/htmlTable';
import { resultSummary } from '../notebook/resultSummary';
import { visibleLines, visibleText } from '../common/visibleText';
import { markdownHtml } from './markdown';
import type { Report, ReportOutput, ReportPart } from './report';
import { REPORT_STYLE } from './reportStyle';

const LIMITS: HtmlTableLimits = { rows: 100, columns: 60, cell: 1000 };

/**
 * The report as one HTML file: no script, nothing fetched, all data escaped. Pictures are `img` elements with their bytes in the file, so
 * nothing in them runs either. Printed, it breaks between cells and shows tables whole.
 */
export function htmlReport(report: Report): string {
  const markdown = markdownHtml();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="generator" content="Huntbook">
<title>${escapeHtml(visibleText(report.title))}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
<p class="source">${text(report.source)}</p>
<dl>
${report.facts.map(({ name, value }) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join('\n')}
</dl>
</header>
<main>
${report.parts.map((part) => partHtml(part, markdown)).join('\n')}
</main>
</body>
</html>
`;
}

function partHtml(part: ReportPart, markdown: (text: string) => string): string {
  if (part.kind === 'markdown') return `<section>${markdown(part.source)}</section>`;
  const outputs = part.outputs.map(outputHtml).join('');
  return `<section class="cell" id="cell-${part.number}"><pre class="query">${escapeHtml(visibleLines(part.source))}</pre>${outputs}</section>`;
}

function outputHtml(output: ReportOutput): string {
  switch (output.kind) {
    case 'note':
    case 'warning':
      return `<p class="${output.kind}">${text(output.text)}</p>`;
    case 'error':
    case 'text':
      return `<pre class="${output.kind}">${escapeHtml(visibleLines(output.text))}</pre>`;
    case 'result':
      return resultHtml(output.saved);
    case 'svg':
      return picture('image/svg+xml', Buffer.from(output.svg, 'utf8').toString('base64'), 'Chart of the result');
    case 'image':
      return picture(output.mime, output.base64, 'Picture made by the cell');
  }
}

function resultHtml({ result, name }: SavedResult): string {
  const notices = (result.notices ?? []).map((notice) => `<p class="${isWarning(notice) ? 'warning' : 'note'}">${text(noticeText(notice))}</p>`);
  const warnings = [...notices, ...result.warnings.map((warning) => `<p class="warning">${text(warning)}</p>`)].join('');
  const summary = `${name === undefined ? '' : `${name}: `}${resultSummary(result)}`;
  const table =
    result.rowCount === 0 ? '' : `<div class="table">${htmlTable(result.columns, result.preview, result.rowCount, LIMITS)}</div>`;
  return `${warnings}<p class="note">${text(summary)}</p>${table}`;
}

/** @param base64 Checked: nothing but base64 gets into the attribute. */
function picture(mime: string, base64: string, description: string): string {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) return '<p class="note">A picture that cannot be read is left out.</p>';
  return `<figure><img alt="${description}" src="data:${mime};base64,${base64.replace(/\s/g, '')}"></figure>`;
}

function text(value: string): string {
  return escapeHtml(visibleText(value));
}
