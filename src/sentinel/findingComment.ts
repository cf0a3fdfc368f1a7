import { MAX_COMMENT_CHARS } from '../common/incidents';
import type { Column, WireRow } from '../common/kqlTypes';

/** A part of a notebook that becomes a part of a comment. */
export type FindingPart =
  | { readonly kind: 'text'; readonly markdown: string }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly Column[];
      /** The first rows. */
      readonly rows: readonly WireRow[];
      /** Rows in all. */
      readonly total: number;
    };

export interface FindingComment {
  /** Markdown, within the service's limit. */
  readonly message: string;
  /** What did not fit, for people; empty when all of it is there. */
  readonly cuts: readonly string[];
}

const MAX_ROWS = 50;
const MAX_COLUMNS = 12;
const MAX_VALUE = 200;

/**
 * Parts of a notebook as one comment: texts as they are, tables as Markdown. What does not fit is left out from the end of each part, and
 * said, in the comment too: a reader must not take a part for the whole.
 * @param source Where it comes from: stands at the end.
 */
export function findingComment(parts: readonly FindingPart[], source: string, limit = MAX_COMMENT_CHARS): FindingComment {
  const ending = source === '' ? '' : `\n\n_${source}_`;
  const cuts: string[] = [];
  const shown: string[] = [];
  let left = limit - ending.length;
  for (const part of parts) {
    const { markdown, cut } = fit(part, left - (shown.length === 0 ? 0 : 2));
    if (cut !== undefined) cuts.push(cut);
    if (markdown === '') continue;
    left -= markdown.length + (shown.length === 0 ? 0 : 2);
    shown.push(markdown);
  }
  return { message: `${shown.join('\n\n')}${ending}`, cuts };
}

interface Fitted {
  readonly markdown: string;
  readonly cut?: string | undefined;
}

function fit(part: FindingPart, room: number): Fitted {
  return part.kind === 'text' ? fitText(part.markdown.trim(), room) : fitTable(part, room);
}

function fitText(text: string, room: number): Fitted {
  if (text.length <= room) return { markdown: text };
  const note = '\n\n… (cut)';
  const kept = Math.max(0, room - note.length);
  const cut = `text cut at ${kept.toLocaleString('en-US')} of ${text.length.toLocaleString('en-US')} characters`;
  // Whole lines, where there are any.
  const end = text.lastIndexOf('\n', kept);
  const head = text.slice(0, end > kept / 2 ? end : kept).replace(/[\ud800-\udbff]$/, '');
  return { markdown: kept === 0 ? '' : `${head}${note}`, cut };
}

function fitTable({ title, columns, rows, total }: Extract<FindingPart, { readonly kind: 'table' }>, room: number): Fitted {
  const shownColumns = columns.slice(0, MAX_COLUMNS);
  const heading = title === '' ? '' : `**${cellText(title)}**\n\n`;
  const head = `${heading}| ${shownColumns.map(({ name }) => cellText(name)).join(' | ')} |\n|${shownColumns.map(() => '---').join('|')}|`;
  const noteRoom = 100;
  const lines: string[] = [];
  let length = head.length + noteRoom;
  for (const row of rows.slice(0, MAX_ROWS)) {
    const line = `| ${shownColumns.map((_column, index) => cellText(row[index] ?? null)).join(' | ')} |`;
    if (length + line.length + 1 > room) break;
    lines.push(line);
    length += line.length + 1;
  }
  const facts = [
    ...(lines.length < total ? [`${lines.length.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} rows`] : []),
    ...(shownColumns.length < columns.length ? [`${shownColumns.length} of ${columns.length} columns`] : []),
  ];
  const said = facts.length === 0 ? '' : `\n\nShown: ${facts.join(', ')}.`;
  const cut = facts.length === 0 ? undefined : `${title === '' ? 'table' : title}: ${facts.join(', ')}`;
  if (head.length + said.length > room) return { markdown: '', cut: `${title === '' ? 'a table' : title} left out` };
  return { markdown: [head, ...lines].join('\n') + said, cut };
}

/** A value in a table of Markdown: one line, no formatting, no links, no new column. */
function cellText(value: WireRow[number]): string {
  const text = String(value ?? '').replace(/\s+/g, ' ').trim();
  const short = text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
  return short
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '')
    .replace(/[\\`*_[\]#|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;');
}
