import { statementRanges } from '../kql/statementRanges';
import { readCellOptions } from '../kql/cellOptions';
import { mentionedNames, readStatements } from './letStatements';

/** A cell's query with everything of the notebook that it needs, so that it runs outside of it. */
export interface StandaloneQuery {
  readonly query: string;
  /** Names of earlier cells that stand in it as `let` statements. */
  readonly included: readonly string[];
}

interface Definition {
  readonly name: string;
  /** Statements, each with its semicolon. */
  readonly text: string;
  readonly mentions: ReadonlySet<string>;
  readonly cell: number;
}

/**
 * Writes the `let` statements of earlier cells, and the queries of results that the cell reads, before its query. Of several cells that
 * define a name the nearest before counts, as when all cells run in order.
 * @param texts Of the notebook's KQL cells, in order.
 * @param index Of the cell.
 */
export function standaloneQuery(texts: readonly string[], index: number): StandaloneQuery {
  const query = withoutOptions(texts[index] ?? '').trim();
  const own = new Set(readStatements(query).lets.map(({ name }) => name));
  const found = new Map<Definition, true>();
  const add = (names: ReadonlySet<string>, before: number): void => {
    for (const name of names) {
      const definition = definitionOf(texts, name, before);
      if (!definition || found.has(definition) || own.has(name)) continue;
      if ([...found.keys()].some((known) => known.cell === definition.cell && known.name === definition.name)) continue;
      found.set(definition, true);
      add(definition.mentions, definition.cell);
    }
  };
  add(mentionedNames(query), index);
  const definitions = [...found.keys()].sort((left, right) => left.cell - right.cell);
  const lets = definitions.map(({ text }) => text);
  return { query: [...lets, query].join('\n'), included: definitions.map(({ name }) => name) };
}

function definitionOf(texts: readonly string[], name: string, before: number): Definition | undefined {
  for (let cell = before - 1; cell >= 0; cell--) {
    const text = texts[cell] ?? '';
    const { lets, others } = readStatements(text);
    if (others) {
      if (readCellOptions(text).options.name !== name) continue;
      return { name, text: asLet(name, text), mentions: mentionedNames(withoutOptions(text)), cell };
    }
    const statement = lets.findLast((one) => one.name === name);
    if (statement) return { name, text: `${statement.text.trim()};`, mentions: mentionedNames(statement.value), cell };
  }
  return undefined;
}

/** A query as a `let` statement of its name, after its own ones. A comment at the end belongs to no statement, and is left out. */
function asLet(name: string, text: string): string {
  const body = withoutOptions(text);
  const statements = [...statementRanges(body)].map(({ start, end }) => body.slice(start, end).trim());
  const [query = '', ...others] = statements.filter((statement) => statement !== '').reverse();
  return [...others.reverse(), `let ${name} =\n${query}`].map((statement) => `${statement};`).join('\n');
}

function withoutOptions(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*\/\/\|/.test(line))
    .join('\n');
}
