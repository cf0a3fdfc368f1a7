import { bracketed, hostileText, stringLiteral } from './hostileText';
import type { Random } from './randomness';
import { columnNames, functionTexts, words } from './vocabulary';

/** Queries that nearly always parse and often bind, with hostile names and literals in them. */
export function likelyQuery(random: Random): string {
  const lets = random.chance(0.2) ? `let v = ${scalar(random, 1)};\nlet f = (a:string, n:long = ${random.below(9)}) { ${random.chance(0.5) ? 'a' : scalar(random, 0)} };\n` : '';
  const header = random.chance(0.03) ? `//| name: ${hostileText(random).replaceAll(/[\r\n]/gu, ' ')}\n` : '';
  return `${header}${lets}${source(random, 1)}${random.times(random.between(0, 4), () => `\n| ${operator(random, 1)}`).join('')}`;
}

const columns = ['s', 'b', 'i', 'l', 'r', 'd', 't', 'p', 'g', 'j', 's', 's', 'j'] as const;

function source(random: Random, depth: number): string {
  switch (random.below(depth > 0 ? 9 : 4)) {
    case 4:
      return `print ${alias(random)} = ${scalar(random, 2)}`;
    case 5:
      return `datatable(s:string, ${bracketed(random, hostileText(random) || 'x')}:long)[${random.times(3, () => `${stringLiteral(random, hostileText(random))}, ${random.below(100)}`).join(', ')}]`;
    case 6:
      return `(${source(random, 0)} | ${operator(random, 0)})`;
    case 7:
      return `union ${random.chance(0.3) ? 'withsource=src ' : ''}T, ${source(random, 0)}`;
    case 8:
      return `range s from ${random.below(10)} to ${random.below(50)} step ${random.between(1, 5)}`;
    case 3:
      return 'Hostile';
    default:
      return random.pick(['T', 'T', 'U']);
  }
}

function alias(random: Random): string {
  return random.chance(0.3) ? bracketed(random, hostileText(random) || 'n') : random.pick(['x', 'y', 's', 'Select', 'C0', 'c0', 'v1']);
}

function operator(random: Random, depth: number): string {
  const value = (): string => scalar(random, 2);
  const name = (): string => random.pick(columns);
  switch (random.below(24)) {
    case 0:
    case 1:
    case 2:
      return `where ${condition(random, 2)}`;
    case 3:
    case 4:
      return `extend ${alias(random)} = ${value()}, ${alias(random)} = ${value()}`;
    case 5:
      return `project ${name()}, ${alias(random)} = ${value()}`;
    case 6:
    case 7:
      return `summarize ${alias(random)} = ${aggregate(random)}, ${aggregate(random)} by ${name()}, ${random.chance(0.4) ? `bin(d, ${literal(random, 'timespan')})` : alias(random) + ' = ' + value()}`;
    case 8:
      return `join kind=${random.pick(['inner', 'innerunique', 'leftouter', 'rightouter', 'fullouter', 'leftanti', 'rightanti', 'leftsemi', 'rightsemi'])} (${depth > 0 ? source(random, 0) : 'U'}) on ${random.chance(0.7) ? 's' : '$left.l == $right.l'}`;
    case 9:
      return `union (${depth > 0 ? source(random, 0) : 'U'})`;
    case 10:
      return `take ${random.below(20)}`;
    case 11:
      return `top ${random.below(20)} by ${value()} ${random.pick(['asc', 'desc', 'asc nulls last', ''])}`;
    case 12:
      return `sort by ${name()} ${random.pick(['asc', 'desc'])}, ${value()}`;
    case 13:
      return `distinct ${random.chance(0.3) ? '*' : `${name()}, ${name()}`}`;
    case 14:
      return `mv-expand ${random.chance(0.5) ? 'j' : `${alias(random)} = ${value()}`} ${random.pick(['', 'to typeof(string)', 'limit 5'])}`;
    case 15:
      return `parse ${random.pick(['', 'kind=relaxed ', 'kind=regex '])}s with ${random.chance(0.5) ? '* ' : ''}${stringLiteral(random, hostileText(random))} ${random.pick(['a', 'a:long', '*'])} ${stringLiteral(random, hostileText(random))} z`;
    case 16:
      return `project-${random.pick(['away', 'keep', 'reorder'])} ${random.pick(['s', 's*', '*', 'l, s', 'nothing*'])}`;
    case 17:
      return `project-rename ${alias(random)} = s`;
    case 18:
      return `evaluate ${random.pick(['bag_unpack(j)', `bag_unpack(j, ${stringLiteral(random, hostileText(random))})`, 'pivot(s, count())', 'narrow()', 'autocluster()', `python(typeof(*), ${stringLiteral(random, hostileText(random))})`])}`;
    case 19:
      return `search ${stringLiteral(random, hostileText(random))}`;
    case 20:
      return `make-series ${alias(random)} = ${aggregate(random)} default=0 on d from datetime(2024-01-01) to datetime(2024-01-05) step ${random.pick(['1d', '6h', literal(random, 'timespan')])} by s`;
    case 21:
      return `lookup (U) on s`;
    case 22:
      return `serialize ${alias(random)} = ${random.pick(['row_number()', 'prev(s)', 'next(l, 1)', 'row_cumsum(l)'])}`;
    default:
      return `render ${random.pick(['timechart', 'table', 'piechart'])} with (title=${stringLiteral(random, hostileText(random))})`;
  }
}

function aggregate(random: Random): string {
  return `${random.pick(['count', 'sum', 'avg', 'min', 'max', 'dcount', 'make_set', 'make_list', 'take_any', 'stdev', 'countif', 'sumif', 'arg_max', 'percentile', 'make_bag', 'dcountif'])}(${random.pick(['', 'l', 'r', 's', 'j', 'l, *', 'r, 95', 's, b', 'b', scalar(random, 1)])})`;
}

function condition(random: Random, depth: number): string {
  const text = (): string => stringLiteral(random, hostileText(random));
  switch (random.below(depth > 0 ? 9 : 5)) {
    case 0:
      return `s ${random.pick(['==', '!=', '=~', '!~', 'has', '!has', 'has_cs', 'contains', '!contains', 'contains_cs', 'startswith', 'endswith', 'hasprefix', 'hassuffix', 'startswith_cs', 'matches regex'])} ${text()}`;
    case 1:
      return `${random.pick(columns)} ${random.pick(['in', '!in', 'in~', 'has_any', 'has_all'])} (${text()}, ${text()}, ${scalar(random, 0)})`;
    case 2:
      return `${random.pick(columns)} ${random.pick(['<', '>', '<=', '>=', '==', '!='])} ${scalar(random, 1)}`;
    case 3:
      return `l between (${scalar(random, 0)} .. ${scalar(random, 0)})`;
    case 4:
      return `tostring(j.${random.pick(['a', 'b', 'a.b', bracketed(random, hostileText(random) || 'k').replace(/^/u, 'x')])}) == ${text()}`;
    case 5:
      return `not(${condition(random, depth - 1)})`;
    default:
      return `(${condition(random, depth - 1)}) ${random.pick(['and', 'or'])} ${condition(random, depth - 1)}`;
  }
}

function literal(random: Random, type?: string): string {
  const number = random.pick(['0', '1', '-1', '2147483648', '9223372036854775807', '9223372036854775808', '1e308', '0.1', '1e-9', '00012', '1.5e400', '0x7f']);
  switch (type ?? random.pick(['string', 'string', 'string', 'long', 'real', 'timespan', 'datetime', 'guid', 'dynamic', 'bool', 'decimal'])) {
    case 'long':
      return random.pick([number, `long(${number})`, `int(${number})`, 'long(null)']);
    case 'real':
      return random.pick([`real(${number})`, 'real(nan)', 'real(+inf)', 'real(-inf)', '1.0']);
    case 'timespan':
      return random.pick(['1d', '1h', '0s', '10tick', '-1d', '1.5h', 'time(1.02:03:04.5678901)', 'timespan(null)', '106751991167300d', `time(${random.below(100)})`]);
    case 'datetime':
      return random.pick(['datetime(2024-01-01)', 'datetime(null)', 'datetime(9999-12-31 23:59:59.9999999)', 'datetime(0001-01-01)', 'datetime(2024-02-30)', `datetime(${hostileText(random).replaceAll(/[()\r\n]/gu, '')})`, 'now()', 'ago(1d)']);
    case 'guid':
      return random.pick(['guid(74be27de-1e4e-49d9-b579-fe0b331d3642)', 'guid(null)', `guid(${hostileText(random).replaceAll(/[()\r\n]/gu, '')})`]);
    case 'dynamic':
      return random.pick(['dynamic([1,2,3])', 'dynamic({"a":1,"b":[null]})', 'dynamic(null)', `dynamic([${stringLiteral(random, hostileText(random))}])`, `dynamic({${stringLiteral(random, hostileText(random))}: ${stringLiteral(random, hostileText(random))}})`]);
    case 'bool':
      return random.pick(['true', 'false', 'bool(null)']);
    case 'decimal':
      return random.pick(['decimal(1.5)', 'decimal(null)', 'decimal(1e30)', `decimal(${number})`]);
    default:
      return stringLiteral(random, hostileText(random));
  }
}

function scalar(random: Random, depth: number): string {
  if (depth <= 0) return random.chance(0.5) ? random.pick(columns) : literal(random);
  switch (random.below(8)) {
    case 0:
      return random.pick(columns);
    case 1:
      return literal(random);
    case 2:
      return `(${scalar(random, depth - 1)} ${random.pick(['+', '-', '*', '/', '%'])} ${scalar(random, depth - 1)})`;
    case 3:
      return `iff(${condition(random, 0)}, ${scalar(random, depth - 1)}, ${scalar(random, depth - 1)})`;
    case 4:
      return `j${bracketed(random, hostileText(random) || 'k')}`;
    default:
      return `${random.pick(functionTexts)}(${random.times(random.below(4), () => scalar(random, depth - 1)).join(', ')})`;
  }
}

/** Words of the language in no order. */
export function wordSoup(random: Random, more: readonly string[]): string {
  const length = random.between(1, 25);
  return random.times(length, () => (random.chance(0.1) ? stringLiteral(random, hostileText(random)) : random.pick(random.chance(0.4) ? words : random.chance(0.5) ? more : columnNames))).join(random.chance(0.9) ? ' ' : '');
}
