import { serviceError } from '../http/messages';

type Value = string | number | boolean | null;
type Test = (resource: unknown) => boolean;

/** `$filter` and `$orderby` over JSON resources: the part of OData that SecurityInsights takes. Paths are `properties/status`. */
export function parseFilter(text: string): Test {
  return new FilterParser(text).parse();
}

/** `properties/createdTimeUtc desc, name`. @throws ServiceError 400 */
export function parseOrder(text: string): (left: unknown, right: unknown) => number {
  const keys = text.split(',').map((part) => {
    const match = /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/iu.exec(part);
    if (!match) throw invalid('$orderby', text);
    return { path: match[1] ?? '', sign: match[2]?.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return (left, right) => {
    for (const { path, sign } of keys) {
      const order = compare(valueAt(left, path), valueAt(right, path));
      if (order !== 0) return sign * order;
    }
    return 0;
  };
}

const tokenPattern = /\s*(?:(\(|\)|,)|'((?:[^']|'')*)'|(\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))|(-?\d+(?:\.\d+)?)|([A-Za-z][\w/]*))/uy;

interface Token {
  readonly kind: 'punctuation' | 'value' | 'word';
  readonly text: string;
  readonly value: Value;
}

class FilterParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokens(text);
  }

  parse(): Test {
    const test = this.#or();
    if (this.#next < this.#tokens.length) throw this.#invalid();
    return test;
  }

  #or(): Test {
    let test = this.#and();
    while (this.#word('or')) {
      const [left, right] = [test, this.#and()];
      test = (resource) => left(resource) || right(resource);
    }
    return test;
  }

  #and(): Test {
    let test = this.#not();
    while (this.#word('and')) {
      const [left, right] = [test, this.#not()];
      test = (resource) => left(resource) && right(resource);
    }
    return test;
  }

  #not(): Test {
    if (!this.#word('not')) return this.#primary();
    const test = this.#primary();
    return (resource) => !test(resource);
  }

  #primary(): Test {
    if (this.#punctuation('(')) {
      const test = this.#or();
      if (!this.#punctuation(')')) throw this.#invalid();
      return test;
    }
    for (const [name, holds] of Object.entries(textTests)) {
      if (this.#tokens[this.#next + 1]?.text === '(' && this.#word(name)) return this.#textTest(holds);
    }
    const operand = this.#operand();
    const operator = this.#take('word').text.toLowerCase();
    const holds = comparisons[operator];
    if (!holds) throw this.#invalid();
    const other = this.#operand();
    return (resource) => holds(operand(resource), other(resource));
  }

  #textTest(holds: (text: string, part: string) => boolean): Test {
    this.#punctuation('(');
    const text = this.#operand();
    if (!this.#punctuation(',')) throw this.#invalid();
    const part = this.#operand();
    if (!this.#punctuation(')')) throw this.#invalid();
    return (resource) => holds(String(text(resource) ?? '').toLowerCase(), String(part(resource) ?? '').toLowerCase());
  }

  #operand(): (resource: unknown) => Value {
    const token = this.#tokens[this.#next++];
    if (token?.kind === 'value') return () => token.value;
    if (token?.kind !== 'word') throw this.#invalid();
    return (resource) => valueAt(resource, token.text);
  }

  #word(text: string): boolean {
    const token = this.#tokens[this.#next];
    const found = token?.kind === 'word' && token.text.toLowerCase() === text;
    if (found) this.#next++;
    return found;
  }

  #punctuation(text: string): boolean {
    const found = this.#tokens[this.#next]?.kind === 'punctuation' && this.#tokens[this.#next]?.text === text;
    if (found) this.#next++;
    return found;
  }

  #take(kind: Token['kind']): Token {
    const token = this.#tokens[this.#next++];
    if (token?.kind !== kind) throw this.#invalid();
    return token;
  }

  #invalid(): Error {
    return invalid('$filter', this.#text);
  }
}

const comparisons: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  eq: (left, right) => compare(left, right) === 0,
  ne: (left, right) => compare(left, right) !== 0,
  gt: (left, right) => compare(left, right) > 0,
  ge: (left, right) => compare(left, right) >= 0,
  lt: (left, right) => compare(left, right) < 0,
  le: (left, right) => compare(left, right) <= 0,
};

const textTests: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const match = tokenPattern.exec(text);
    if (!match) throw invalid('$filter', text);
    const [, punctuation, quoted, time, number, word] = match;
    if (punctuation !== undefined) found.push({ kind: 'punctuation', text: punctuation, value: null });
    else if (quoted !== undefined) found.push({ kind: 'value', text: quoted, value: quoted.replaceAll("''", "'") });
    else if (time !== undefined) found.push({ kind: 'value', text: time, value: time });
    else if (number !== undefined) found.push({ kind: 'value', text: number, value: Number(number) });
    else if (word !== undefined) found.push(wordToken(word));
  }
  return found;
}

function wordToken(word: string): Token {
  const constants: Readonly<Record<string, Value>> = { true: true, false: false, null: null };
  const value = constants[word];
  return value === undefined ? { kind: 'word', text: word, value: null } : { kind: 'value', text: word, value };
}

/** Texts without regard to case; times by their moment. Nothing comes before anything. */
function compare(left: Value, right: Value): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? -1 : 1;
  const [a, b] = typeof left === 'string' && typeof right === 'string' ? comparable(left, right) : [left, right];
  return a < b ? -1 : a > b ? 1 : 0;
}

const timePattern = /^\d{4}-\d{2}-\d{2}T/u;

function comparable(left: string, right: string): readonly [string | number, string | number] {
  if (timePattern.test(left) && timePattern.test(right)) return [Date.parse(left), Date.parse(right)];
  return [left.toLowerCase(), right.toLowerCase()];
}

function valueAt(resource: unknown, path: string): Value {
  let value = resource;
  for (const name of path.split('/')) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return ['string', 'number', 'boolean'].includes(typeof value) ? (value as Value) : null;
}

function invalid(parameter: string, text: string): Error {
  return serviceError(400, 'BadRequest', `Invalid ${parameter} expression: ${text}`);
}
