import { plainText, withoutHtml } from './plainMarkdown';

/** What a notebook's introduction says: '' or empty where it says nothing. */
export interface Introduction {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly pythonVersion: string;
  readonly author: string;
  readonly dataSources: readonly string[];
  readonly superseded: string;
  /** All of it, as Markdown without HTML and without its table of contents. */
  readonly markdown: string;
}

type Label = 'version' | 'pythonVersion' | 'author' | 'dataSources' | 'other';

/** What a line is about that begins with one of these words, marks and case aside. The longest come first. */
const labels: readonly (readonly [RegExp, Label])[] = [
  [/^python versions?\b/i, 'pythonVersion'],
  [/^(?:notebook )?version\b/i, 'version'],
  [/^authors?\b/i, 'author'],
  [/^data (?:sources?|types?|connectors?)(?: (?:required|used|needed))?\b/i, 'dataSources'],
  [/^required data (?:sources?|types?|connectors?)\b/i, 'dataSources'],
  [/^(?:required \w+(?: version)?|platforms? supported|spark version|configuration required|ti provi?d?ers used|co-?authors?|released|last (?:updated|revised)|prerequisites)\b/i, 'other'],
];

/**
 * Reads the markdown cells before the first code cell. Hunters' notebooks name their facts in lines such as `**Data Sources Required**:`,
 * `__Data Source Required:__` or `Data Sources Used`, folded in `<details>` or not, with what they name behind or in a list below.
 */
export function readIntroduction(cells: readonly string[]): Introduction {
  const blocks = cells.map(withoutHtml).filter((cell) => cell.trim() !== '' && !isContents(cell));
  const markdown = blocks.join('\n\n').trim();
  const [first = ''] = blocks;
  const lines = markdown.split('\n');
  const facts = readFacts(lines);
  return {
    title: titleOf(first.split('\n')) || headings(lines)[0] || '',
    description: describe(first.split('\n')) || headings(first.split('\n'))[1] || describe(lines),
    version: facts.version.join(' '),
    pythonVersion: facts.pythonVersion.join(' '),
    author: facts.author.join(', '),
    dataSources: facts.dataSources,
    superseded: supersededLine(markdown),
    markdown,
  };
}

/** A cell that only lists the notebook's sections. */
function isContents(cell: string): boolean {
  const heading = /^\s*#{1,6}\s*(.*)$/m.exec(cell);
  if (heading && /^(table of )?contents$/i.test(plainText(heading[1] ?? ''))) return true;
  const lines = cell.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.length > 2 && lines.every((line) => /^[-*+\d]/.test(line)) && /^\W*1(\.0?)?\s/.test(plainText(lines[0] ?? '').replace(/^-\s*/, ''));
}

/** The first heading of a cell; without one, a first line that stands like a title and lacks its mark. */
function titleOf(cell: readonly string[]): string {
  const heading = cell.map(headingText).find((text) => text !== undefined);
  if (heading !== undefined) return isGeneric(heading) ? '' : heading;
  const text = plainText(cell.find((line) => line.trim() !== '') ?? '');
  return text.length > 0 && text.length <= 80 && !/[.;]$/.test(text) && labelOf(text) === undefined && !isStructure(text) ? text : '';
}

function headings(lines: readonly string[]): readonly string[] {
  return lines.map(headingText).filter((text) => text !== undefined && !isGeneric(text)).map(String);
}

function isGeneric(title: string): boolean {
  return /^\d/.test(title) || /^(|overview|introduction|description|setup|notebook|table of contents|contents|pre-?requisites)$/i.test(title);
}

function headingText(line: string): string | undefined {
  const heading = /^ {0,3}#{1,6}[ \t]*(?!#)(.*?)[ \t]*#*[ \t]*$/.exec(line);
  return heading ? plainText(heading[1] ?? '') : undefined;
}

/** The section "Description" when there is one, else the first paragraph that is neither a fact nor a list. */
function describe(lines: readonly string[]): string {
  const section = lines.findIndex((line) => {
    const text = plainText(headingText(line) ?? (/^\s*(\*\*|__)/.test(line) ? line : '')).replace(/\s*:$/, '');
    return /^(description|overview|about this notebook|summary|introduction)$/i.test(text);
  });
  return (section < 0 ? '' : firstParagraph(lines.slice(section + 1), -1)) || firstParagraph(lines, bareTitle(lines));
}

const LONGEST_DESCRIPTION = 600;

/** @param title Index of a line that is the title, without its mark; -1 for none. */
function firstParagraph(lines: readonly string[], title: number): string {
  const paragraph: string[] = [];
  let inFact = false;
  for (const [index, line] of lines.entries()) {
    const text = plainText(line);
    if (paragraph.length > 0 && (text === '' || isStructure(line) || labelOf(text) !== undefined)) break;
    if (text === '') inFact = false;
    else if (headingText(line) !== undefined) inFact = false;
    else if (labelOf(text) !== undefined || superseded.test(text)) inFact = true;
    else if (!inFact && !isStructure(line) && index !== title && !isAside(text)) paragraph.push(text);
  }
  const whole = paragraph.join(' ');
  return whole.length <= LONGEST_DESCRIPTION ? whole : `${whole.slice(0, LONGEST_DESCRIPTION).replace(/\s+\S*$/, '')} …`;
}

/** Lists, tables, rules, quotes, indented code. */
function isStructure(line: string): boolean {
  return /^\s*([-+]\s|\*\s|\d+(\.\d+)*[.)]?\s|\||>|-{3,}|={3,}|\*{3}|```)/.test(line);
}

function bareTitle(lines: readonly string[]): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  const following = lines[first + 1]?.trim() ?? '';
  return plainText(lines[first] ?? '').length <= 80 && (following === '' || labelOf(plainText(following)) !== undefined) ? first : -1;
}

function isAside(text: string): boolean {
  return !/\p{L}{3}/u.test(text) || /^(note|warning)\b/i.test(text) || /^(details|notebook details|more details)\W*$/i.test(text);
}

interface Facts {
  readonly version: readonly string[];
  readonly pythonVersion: readonly string[];
  readonly author: readonly string[];
  readonly dataSources: readonly string[];
}

function readFacts(lines: readonly string[]): Facts {
  const facts: Record<Label, string[]> = { version: [], pythonVersion: [], author: [], dataSources: [], other: [] };
  let current: Label | undefined;
  for (const line of lines) {
    const text = plainText(line).replace(/^[-+]\s+/, '');
    const label = labelOf(text);
    if (label) {
      current = label;
      const rest = text.replace(/^[^:]*?(?::|$)\s*/, '').trim();
      if (rest !== '' && facts[label].length === 0 && !isYesOrNo.test(rest)) facts[label].push(rest);
    } else if (headingText(line) !== undefined || (text !== '' && !isListed(line))) current = undefined;
    else if (text !== '' && current === 'dataSources' && !isYesOrNo.test(text)) facts.dataSources.push(text);
  }
  return facts;
}

/** Said where a data source is named, and naming none. */
const isYesOrNo = /^(no|none|yes|n\/a)\W*$/i;

function isListed(line: string): boolean {
  return /^\s*([-+*]\s|\d+[.)]\s)/.test(line) || /^\s{2,}\S/.test(line);
}

function labelOf(text: string): Label | undefined {
  // A fact is named with a colon, or stands alone on its line.
  if (!/^[^:]{1,40}:/.test(text) && text.length > 40) return undefined;
  const head = /^([^:]*):?/.exec(text.replace(/^[-+]\s+/, ''))?.[1]?.trim() ?? '';
  for (const [pattern, label] of labels) {
    const match = pattern.exec(head);
    if (match?.[0].length === head.length) return label;
  }
  return undefined;
}

const superseded = /\b(?:has been|is|was) (?:now )?(?:superc?s?e+ded|replaced|deprecated)\b|\bno longer (?:supported|maintained)\b/i;

function supersededLine(markdown: string): string {
  const line = markdown.split('\n').slice(0, 40).find((candidate) => superseded.test(candidate));
  return line === undefined ? '' : plainText(line).replace(/^note:\s*/i, '');
}
