import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, literal, sql } from '../expression';
import { filter, nest, newColumn, type Plan, type PlanColumn, project, reference } from '../plan';
import { escapePattern } from '../terms';
import { re2Pattern } from '../patterns';
import { outputColumns } from './outputs';
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
  const pattern = kind === 'regex' ? regexPattern(operator, parameter(node, 'flags') ?? '') : simplePattern(operator);
  const regex = re2Pattern(literal('string', pattern.text), node, translator);
  const fields = pattern.captures.map((_, index) => `'p${index}'`).join(', ');
  const found = newColumn(ids, '', 'dynamic', fields === '' ? sql('dynamic')`NULL` : sql('dynamic')`regexp_extract(${text}, ${regex}, [${fields}])`);
  const matched = newColumn(ids, '', 'bool', sql('bool')`regexp_matches(${text}, ${regex})`);
  const passed = input.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const base = nest(project(input, [...passed, found, matched], ids), ids);
  const pieces = pattern.captures.map((capture, index) => {
    const piece = sql('string')`${reference(found)}.p${String(index)}`;
    return { capture, value: convert(kind === 'regex' || capture.type === 'string' ? piece : sql('string')`trim(${piece})`, capture.type) };
  });
  const typed = pieces.filter(({ capture }) => capture.type !== 'string').map(({ value }) => sql('bool')`${value} IS NOT NULL`);
  // A value that is not of its column's type spoils the whole row, but for kind=relaxed.
  const whole = kind === 'relaxed' ? reference(matched) : [reference(matched), ...typed].reduce((all, test): Expression => sql('bool')`(${all} AND ${test})`);
  const values = pieces.map(({ capture, value }) => ({ capture, value: typed.length === 0 || kind === 'relaxed' ? value : whenWhole(whole, value) }));
  const kept: Plan = { ...base, columns: base.columns.slice(0, input.columns.length) };
  const rows = onlyMatches ? filter(kept, [whole], ids) : kept;
  const columns = declared.map(({ name, type }): PlanColumn => {
    const captured = values.findLast(({ capture }) => capture.name === name);
    if (captured) return newColumn(ids, name, type, convert(captured.value, type));
    const existing = rows.columns.find((planColumn) => planColumn.name === name);
    return existing ? { ...existing, expression: reference(existing) } : translator.unsupported(`the column ${name} here`, node);
  });
  return project(rows, columns, ids);
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
      text += regexOfType[capture.type] ?? (last ? '(.*)' : '(.*?)');
    } else if (part.literalText !== undefined) text += part.literalText.replace(/\\[\s\S]|\((?!\?)/gu, (found) => (found === '(' ? '(?:' : found));
    else translator.unsupported('this pattern of parse', part);
  });
  return { text, captures };
}
