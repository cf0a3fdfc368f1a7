import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, literal, sql } from '../expression';
import { filter, nest, newColumn, type Plan, type PlanColumn, project, reference } from '../plan';
import { escapePattern } from '../terms';
import { re2Pattern } from '../patterns';
import { distinctNames, outputColumns } from './outputs';
import { byDelimiters, byPattern, type Delimited, type Found } from './parseSearch';
import type { Operator, OperatorInput } from './registry';

interface Capture {
  readonly name: string;
  readonly type: PlanColumn['type'];
}

interface ParsePattern {
  readonly text: string;
  readonly captures: readonly Capture[];
}

/** `parse`: takes columns out of a text; nothing matches: all are null. */
export const parse: Operator = (operator) => parsed(operator, false);

/** `parse-where`: as `parse`, and rows that do not match are left out. */
export const parseWhere: Operator = (operator) => parsed(operator, true);

function parsed(operator: OperatorInput, onlyMatches: boolean): Plan {
  const { node, input, scope, translator } = operator;
  const { ids } = translator;
  const declared = outputColumns(operator);
  const kind = parameter(node, 'kind') ?? 'simple';
  const text = convert(translator.scalar(node.need('Expression'), scope), 'string');
  const found = kind === 'regex' ? search(operator, text, regexPattern(operator, parameter(node, 'flags') ?? '')) : simpleSearch(operator, text);
  const pieces = found.captures.map((capture, index) => {
    const piece = found.pieces[index] ?? literal('string', '');
    const isTrimmed = kind === 'regex' || capture.type === 'long' || capture.type === 'int';
    const trimmed = isTrimmed ? piece : sql('string')`trim(${piece})`;
    const value = capture.type === 'string' ? sql('string')`coalesce(${piece}, '')` : convert(trimmed, capture.type);
    return { name: capture.name, column: newColumn(ids, '', capture.type, value) };
  });
  const matched = newColumn(ids, '', 'bool', found.matched);
  const passed = found.rows.columns.slice(0, input.columns.length).map((own) => ({ ...own, expression: reference(own) }));
  const held = nest(project(found.rows, [...passed, ...pieces.map(({ column }) => column), matched], ids), ids);
  const base: Plan = { ...held, columns: held.columns.slice(0, passed.length) };
  const typed = pieces.filter(({ column }) => column.type !== 'string').map(({ column }) => sql('bool')`${reference(column)} IS NOT NULL`);
  // A value that is not of its column's type spoils the whole row, but for kind=relaxed.
  const tests = [reference(matched), ...(kind === 'relaxed' ? [] : typed)];
  const whole = tests.reduce((all, test): Expression => sql('bool')`(${all} AND ${test})`);
  const rows = onlyMatches ? filter(base, [whole], ids) : base;
  // A column that is taken out of itself comes twice; the binder numbers the second from the next operator on.
  const columns = distinctNames(declared).map(({ name, type }, index): PlanColumn => {
    const captured = pieces.findLast((piece) => piece.name === declared[index]?.name)?.column;
    if (captured) return newColumn(ids, name, type, convert(whenWhole(whole, reference(captured)), type));
    const existing = rows.columns.find((planColumn) => planColumn.name === name);
    return existing ? { ...existing, expression: reference(existing) } : translator.unsupported(`the column ${name} here`, node);
  });
  return project(rows, columns, ids);
}

interface Search extends Found {
  readonly captures: readonly Capture[];
}

function search({ input, node, translator }: OperatorInput, text: Expression, pattern: ParsePattern): Search {
  const { captures } = pattern;
  const regex = re2Pattern(literal('string', pattern.text), node, translator);
  return { ...byPattern(translator, input, text, regex, captures.length), captures };
}

function simpleSearch(operator: OperatorInput, text: Expression): Search {
  const delimited = delimitedBy(operator.node.list('Patterns'));
  if (!delimited) return search(operator, text, simplePattern(operator));
  const captures = operator.node.list('Patterns').filter(isCapture).map(captureOf);
  return { ...byDelimiters(operator.translator, operator.input, text, delimited), captures };
}

/** The pattern, when columns (or `*`) and delimiters take turns. */
function delimitedBy(parts: readonly KqlNode[]): Delimited | undefined {
  const texts = parts.map((part) => (isCapture(part) || part.kind === 'StarExpression' ? undefined : part.literalText));
  const leading = texts[0] === undefined ? 0 : 1;
  if (texts.length < 2 || texts.some((text, index) => text === '' || (text === undefined) !== (index % 2 === leading))) return undefined;
  const steps = parts
    .slice(leading)
    .flatMap((part, index) => (index % 2 === 0 ? [{ captured: isCapture(part), until: texts[leading + index + 1] }] : []));
  return { start: texts[0], steps };
}

function whenWhole(whole: Expression, value: Expression): Expression {
  return value.type === 'string' ? sql('string')`CASE WHEN ${whole} THEN ${value} ELSE '' END` : sql(value.type)`CASE WHEN ${whole} THEN ${value} END`;
}

function parameter(node: KqlNode, name: string): string | undefined {
  return node.list('Parameters').find((candidate) => candidate.need('Name').simpleName === name)?.need('Expression').text;
}

function captureOf(node: KqlNode): Capture {
  if (node.kind === 'NameDeclaration') return { name: node.simpleName ?? '', type: 'string' };
  const declared = node.need('Name');
  return { name: declared.simpleName ?? '', type: declared.scalarType ?? 'string' };
}

function isCapture(node: KqlNode | undefined): boolean {
  return node?.kind === 'NameDeclaration' || node?.kind === 'NameAndTypeDeclaration';
}

/** What a number looks like where nothing else ends it. */
const regexOfType: Readonly<Record<string, string>> = { long: '(\\-?\\d+)', int: '(\\-?\\d+)' };

/** Delimiters are plain text; a column reaches to the next of them. */
function simplePattern({ node, translator }: OperatorInput): ParsePattern {
  const parts = node.list('Patterns');
  const captures: Capture[] = [];
  let text = '(?s)^';
  parts.forEach((part, index) => {
    const last = index === parts.length - 1;
    if (part.kind === 'StarExpression') text += last ? '' : '.*?';
    else if (isCapture(part)) {
      const capture = captureOf(part);
      captures.push(capture);
      const beforeStar = parts[index + 1]?.kind === 'StarExpression' ? regexOfType[capture.type] : undefined;
      text += beforeStar ?? (last ? '(.*)$' : parts[index + 1]?.kind === 'StarExpression' && index + 2 >= parts.length ? '(.*)' : '(.*?)');
    } else if (part.literalText !== undefined) text += escapePattern(part.literalText);
    else translator.unsupported('this pattern of parse', part);
  });
  return { text, captures };
}

/** Delimiters are regular expressions. */
function regexPattern({ node, translator }: OperatorInput, flags: string): ParsePattern {
  const parts = node.list('Patterns');
  const captures: Capture[] = [];
  const modes = flags.replace(/[^imsU]/gu, '');
  let text = modes === '' ? '' : `(?${modes})`;
  parts.forEach((part, index) => {
    const last = index === parts.length - 1;
    if (part.kind === 'StarExpression') text += last ? '' : '.*?';
    else if (isCapture(part)) {
      const capture = captureOf(part);
      captures.push(capture);
      // Greedy: the page's examples say so, and turn it around by the flag U.
      text += regexOfType[capture.type] ?? '(.*)';
    } else if (part.literalText !== undefined) text += part.literalText.replace(/\\[\s\S]|\((?!\?)/gu, (found) => (found === '(' ? '(?:' : found));
    else translator.unsupported('this pattern of parse', part);
  });
  return { text, captures };
}
