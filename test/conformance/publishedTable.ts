/** A published result: the Markdown table under an example in the KQL documentation. */
export interface PublishedTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a Markdown table as a careful reader would: escaped pipes stay in the value, a missing last pipe is forgiven, pipes inside
 * JSON or quotes do not end a cell when that makes the row fit the header, `<br>` is a line break, and character references are decoded.
 */
export function readPublishedTable(markdown: string): PublishedTable {
  const lines = markdown
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line.length > 0);
  const [head, , ...body] = lines;
  if (head === undefined) return { header: [], rows: [] };
  const header = cellsOf(head);
  return { header, rows: body.map((line) => fit(cellsOf(line), line, header.length)) };
}

function cellsOf(line: string): string[] {
  const inner = line.replace(/^\|/u, '').replace(/(?<!\\)\|$/u, '');
  return splitAtPipes(inner, false).map(decode);
}

function fit(cells: string[], line: string, width: number): string[] {
  if (cells.length > width) {
    const careful = splitAtPipes(line.replace(/^\|/u, '').replace(/(?<!\\)\|$/u, ''), true).map(decode);
    if (careful.length === width) return careful;
  }
  return cells.length < width ? [...cells, ...Array.from({ length: width - cells.length }, () => '')] : cells;
}

/** Splits at `|`; with `grouping`, not within brackets, braces or double quotes. */
function splitAtPipes(text: string, grouping: boolean): string[] {
  const cells: string[] = [];
  let cell = '';
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\\' && index + 1 < text.length) {
      cell += character + text.charAt(++index);
      continue;
    }
    if (grouping) {
      if (character === '"') quoted = !quoted;
      else if (!quoted && '[{'.includes(character)) depth++;
      else if (!quoted && ']}'.includes(character)) depth--;
    }
    if (character === '|' && depth <= 0 && !quoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += character;
    }
  }
  cells.push(cell);
  return cells;
}

const references: Readonly<Record<string, string>> = { '&nbsp;': ' ', '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#124;': '|' };

function decode(cell: string): string {
  return cell
    .trim()
    .replace(/<br\s*\/?>/giu, '\n')
    .replace(/&(?:nbsp|lt|gt|amp|quot|#124);/gu, (reference) => references[reference] ?? reference)
    .replace(/\\([|_*`<>[\]])/gu, '$1')
    .replace(/^`([^`]*)`$/u, '$1')
    .replace(/^<(https?:[^>]*)>$/u, '$1');
}
