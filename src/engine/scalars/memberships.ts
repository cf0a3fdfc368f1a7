import { convert, dynamicText } from '../conversions';
import { type Expression, isNullable, literal, type Literal, sql, sqlList } from '../expression';
import { type Plan, reference } from '../plan';
import { columnOf, firstColumnList } from '../subqueries';
import { anyTermTest, fold, lower, termTest } from '../terms';
import { alike } from './comparisons';
import type { ScalarInput, ScalarKinds } from './registry';

/** `in` and its family; `has_any`, `has_all`. */
export const memberships: ScalarKinds = {
  InExpression: (input) => membership(input),
  InCsExpression: (input) => membership(input),
  NotInExpression: (input) => negate(membership(input)),
  NotInCsExpression: (input) => negate(membership(input)),
  HasAnyExpression: (input) => terms(input, 'any'),
  HasAllExpression: (input) => terms(input, 'all'),
};

/** So many constants are worth a table. */
const HASHED_MEMBERS = 12;

/** The right side: constants, computed values, arrays known when the query runs, or a sub-query's first column. */
interface Members {
  readonly values: readonly Expression[];
  readonly arrays: readonly Expression[];
  readonly tables: readonly Plan[];
}

function membersOf({ node, scope, translator }: ScalarInput): Members {
  const values: Expression[] = [];
  const arrays: Expression[] = [];
  const tables: Plan[] = [];
  for (const item of node.need('Right').list('Expressions')) {
    if (item.columns !== undefined) {
      tables.push(translator.table(item, scope.environment));
      continue;
    }
    const value = translator.scalar(item, scope);
    if (value.type !== 'dynamic') values.push(value);
    else if (value.kind === 'literal') values.push(...constantElements(value));
    else arrays.push(value);
  }
  return { values, arrays, tables };
}

/** Elements of a constant array as typed constants; another constant is its own element. */
export function constantElements(value: Literal): Literal[] {
  if (value.value === null) return [];
  const parsed: unknown = JSON.parse(String(value.value));
  const items = Array.isArray(parsed) ? (parsed as unknown[]) : [parsed];
  return items.map((item): Literal => {
    if (typeof item === 'string') return literal('string', item);
    if (typeof item === 'boolean') return literal('bool', item);
    if (typeof item === 'number') return Number.isSafeInteger(item) ? literal('long', BigInt(item)) : literal('real', item);
    return literal('dynamic', item === null ? null : JSON.stringify(item));
  });
}

function negate(found: Expression): Expression {
  return sql('bool', { notNull: true })`(NOT ${found})`;
}

/** Never null: a null is in no list. */
function membership(input: ScalarInput): Expression {
  const { node, scope, translator } = input;
  // The names of the syntax kinds say the opposite of what the operators do: the operator's text counts.
  const ignoreCase = node.need('Operator').text.endsWith('~');
  const left = translator.scalar(node.need('Left'), scope);
  const members = membersOf(input);
  const tests: Expression[] = [];
  const byText = left.type === 'string' || ignoreCase || (left.type === 'dynamic' && members.values.every((value) => value.type === 'string'));
  const wanted = byText ? (left.type === 'dynamic' ? dynamicText(left) : convert(left, 'string')) : left;
  const folded = byText && ignoreCase ? foldNullable(wanted) : wanted;
  // A null in the list equals nothing, and hides no other member.
  const candidates = members.values.filter((value) => value.kind !== 'literal' || value.value !== null);
  if (candidates.length > 0) {
    const items = candidates.map((value) => {
      if (byText) return ignoreCase ? fold(convert(value, 'string')) : convert(value, 'string');
      const pair = alike(left, value);
      return pair ? pair[1] : translator.invalid(`Cannot compare values of types ${left.type} and ${value.type}.`, node);
    });
    const subject = left.type === 'dynamic' && !byText ? (alike(left, candidates[0] ?? left)?.[0] ?? left) : folded;
    const constant = items.every(({ kind }) => kind === 'literal');
    const list = sqlList('string', '(', items, ')');
    // DuckDB looks a computed value up in the list one by one, and in a table by its hash.
    const hashed = items.length >= HASHED_MEMBERS && constant && subject.kind === 'sql';
    const set = hashed ? sqlList('string', '(SELECT unnest([', items, ']))') : list;
    const test = sql('bool')`(${subject} IN ${set})`;
    const mayBeNull = isNullable(subject) || items.some(isNullable);
    tests.push(mayBeNull ? sql('bool', { condition: test, notNull: true })`coalesce(${test}, false)` : test);
  }
  for (const array of members.arrays) {
    const text = left.type === 'dynamic' ? dynamicText(left) : convert(left, 'string');
    tests.push(sql('bool', { notNull: true })`coalesce(list_contains(kql.${ignoreCase ? 'folded_texts' : 'texts'}(${array}), ${ignoreCase ? foldNullable(text) : text}), false)`);
  }
  for (const table of members.tables) tests.push(inTable(input, left, table, ignoreCase));
  if (tests.length === 0) return literal('bool', false);
  return tests.reduce((all, test) => sql('bool', { notNull: true })`(${all} OR ${test})`);
}

function foldNullable(text: Expression): Expression {
  return text.kind === 'literal' ? fold(text) : sql('string', { notNull: text.kind === 'sql' ? text.notNull : undefined })`lower(${text})`;
}

function inTable({ node, translator }: ScalarInput, left: Expression, table: Plan, ignoreCase: boolean): Expression {
  const first = table.columns[0];
  if (!first) return translator.unsupported('a table without columns here', node);
  const text = left.type === 'dynamic' ? dynamicText(left) : convert(left, 'string');
  const member = reference(first);
  if (member.type === 'dynamic') {
    // Elements of arrays count one by one.
    const list = firstColumnList(translator, table, (value) => sql('string')`kql.${ignoreCase ? 'folded_texts' : 'texts'}(${value})`, true);
    return sql('bool', { notNull: true })`coalesce(list_contains(${list}, ${ignoreCase ? foldNullable(text) : text}), false)`;
  }
  const pair: [Expression, Expression] | undefined = ignoreCase ? [foldNullable(text), fold(convert(member, 'string'))] : alike(left, member);
  if (!pair) return translator.invalid(`Cannot compare values of types ${left.type} and ${member.type}.`, node);
  const test = sql('bool')`(${pair[0]} IN ${columnOf(translator, table, pair[1])})`;
  return sql('bool', { condition: test, notNull: true })`coalesce(${test}, false)`;
}

function terms(input: ScalarInput, mode: 'any' | 'all'): Expression {
  const { node, scope, translator } = input;
  const text = convert(translator.scalar(node.need('Left'), scope), 'string');
  const { values, arrays, tables } = membersOf(input);
  const words = values.map((value) => convert(value, 'string'));
  const constants = words.flatMap((word) => (word.kind === 'literal' ? [String(word.value)] : []));
  const tests: Expression[] = [];
  if (mode === 'any' && constants.length > 1 && constants.length === words.length) {
    tests.push(constants.includes('') ? literal('bool', true) : anyTermTest(text, constants.map(lower), 'has'));
  } else tests.push(...words.map((word) => termTest(text, word, 'has', false)));
  const lists = [
    ...arrays.map((array) => sql('dynamic')`kql.texts(${array})`),
    ...tables.map((table) => firstColumnList(translator, table, (value) => (value.type === 'dynamic' ? sql('string')`kql.texts(${value})` : convert(value, 'string')))),
  ];
  for (const list of lists) tests.push(sql('bool', { notNull: true })`kql.has_${mode}_of(lower(${text}), ${list})`);
  if (tests.length === 0) return literal('bool', mode === 'all');
  return tests.reduce((all, test) => sql('bool', { notNull: true })`(${all} ${mode === 'any' ? 'OR' : 'AND'} ${test})`);
}
