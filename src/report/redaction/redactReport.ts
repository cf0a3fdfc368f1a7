import type { Page, ResultInfo } from '../../common/engineProtocol';
import type { WireValue } from '../../common/kqlTypes';
import { escapeHtml } from '../../notebook/htmlTable';
import type { Report, ReportOutput, ReportPart } from '../report';
import { Redactor } from './redactor';
import { namesInParameter, namesInQuery, namesInResult } from './sensitiveNames';

/**
 * The report with a token in place of every account, IP address and host. Names are taken from the columns, parameters and comparisons
 * that hold them, and then replaced in every text of the report: prose, queries, errors, charts. Addresses of mail and of machines are
 * replaced wherever they stand. Pictures of other kernels are left out: nobody can tell what they show.
 */
export function redacted(report: Report): Report {
  const redactor = new Redactor();
  collectNames(report, redactor);
  const text = (original: string): string => redactor.text(original);
  return {
    title: text(report.title),
    source: text(report.source),
    facts: [
      ...report.facts.map(({ name, value }) => ({ name, value: text(value) })),
      { name: 'Redacted', value: 'Accounts, IP addresses and hosts are tokens: equal tokens are equal names.' },
    ],
    parts: report.parts.map((part) => redactedPart(part, text)),
  };
}

function collectNames(report: Report, redactor: Redactor): void {
  const found = redactor.add.bind(redactor);
  for (const { name, value } of report.facts) {
    if (name.startsWith('Parameter ')) namesInParameter(name.slice('Parameter '.length), value, found);
  }
  for (const part of report.parts) {
    if (part.kind === 'markdown') continue;
    namesInQuery(part.source, found);
    for (const output of part.outputs) if (output.kind === 'result') namesInResult(output.saved.result, found);
  }
}

function redactedPart(part: ReportPart, text: (original: string) => string): ReportPart {
  if (part.kind === 'markdown') return { ...part, source: text(withoutImages(part.source)) };
  return { ...part, source: text(part.source), outputs: part.outputs.map((output) => redactedOutput(output, text)) };
}

/** An image inside Markdown may show anything. */
function withoutImages(markdown: string): string {
  return markdown.replace(/data:image\/[^)\s"']*/gi, '');
}

function redactedOutput(output: ReportOutput, text: (original: string) => string): ReportOutput {
  switch (output.kind) {
    case 'note':
    case 'warning':
    case 'error':
    case 'text':
      return { kind: output.kind, text: text(output.text) };
    case 'svg':
      return { kind: 'svg', svg: redactedSvg(output.svg, text) };
    case 'image':
      return { kind: 'note', text: 'A picture is left out of the redacted report.' };
    case 'result': {
      const { version, result, name } = output.saved;
      return { kind: 'result', saved: { version, result: redactedResult(result, text), ...(name === undefined ? {} : { name: text(name) }) } };
    }
  }
}

function redactedResult(result: ResultInfo, text: (original: string) => string): ResultInfo {
  return {
    ...result,
    columns: result.columns.map((column) => ({ ...column, name: text(column.name) })),
    preview: redactedPage(result.preview, text),
    warnings: result.warnings.map(text),
    workspace: { id: '', name: text(result.workspace.name) },
    ...(result.notices ? { notices: result.notices.map((notice) => ('message' in notice ? { ...notice, message: text(notice.message) } : notice)) } : {}),
  };
}

/** A value that was cut may end in half a name, so its last word goes too. */
function redactedPage(page: Page, text: (original: string) => string): Page {
  const cut = new Set(page.cuts.map(({ row, column }) => `${row}:${column}`));
  const value = (original: WireValue, row: number, column: number): WireValue => {
    if (typeof original !== 'string') return original;
    return text(cut.has(`${row}:${column}`) ? original.replace(/\S*$/, '') : original);
  };
  return { ...page, rows: page.rows.map((row, index) => row.map((original, column) => value(original, index, column))) };
}

/** A drawing with other texts. One that was shortened to fit may hold half a name: it is not shown, nor are attributes that hold text. */
function redactedSvg(svg: string, text: (original: string) => string): string {
  return svg
    .replace(/\s(?:aria-[\w-]+|title|data-[\w-]+)="[^"]*"/g, '')
    .replace(/<(title|desc)\b[^>]*>[^]*?<\/\1>/g, '')
    .replace(/>([^<]+)</g, (_all, content: string) => {
      const original = unescaped(content);
      return `>${original.includes('…') || original.includes('...') ? '…' : escapeHtml(text(original))}<`;
    });
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}
