import { readCellOptions } from '../../../src/kql/cellOptions';
import { analyze } from '../../../src/kql/analysis';
import { readStatements } from '../../../src/notebook/letStatements';
import type { Column } from '../../../src/common/kqlTypes';
import { knownTable, knownTableNames } from '../../../src/workspaces/schemas/knownSchemas';

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** What binding the KQL cells of a notebook in their order found, as if each had run. */
export interface BoundNotebook {
  /** `cell id: message (line)`. */
  readonly problems: readonly string[];
  /** Tables of the workspace that the queries read, sorted. */
  readonly tables: readonly string[];
  readonly results: ReadonlyMap<string, readonly Column[]>;
}

export interface CellSource {
  readonly id: string;
  readonly text: string;
}

const workspaceTables: readonly Table[] = knownTableNames().map((name) => ({ name, columns: knownTable(name) ?? [] }));

/** Binds cells against the known schemas of Azure Monitor Logs: definitions and named results hold for the cells after them. */
export function bindNotebook(cells: readonly CellSource[]): BoundNotebook {
  const problems: string[] = [];
  const used = new Set<string>();
  const results = new Map<string, readonly Column[]>();
  const whole = cells.map(({ text }) => text).join('\n');
  // Binding is much quicker with the tables that can be meant than with all 898.
  const tables = workspaceTables.filter(({ name }) => whole.includes(name));
  let definitions = '';
  for (const { id, text } of cells) {
    const { options, errors } = readCellOptions(text);
    problems.push(...errors.map((error) => `${id}: ${JSON.stringify(error)}`));
    const named = [...results].map(([name, columns]) => ({ name, columns }));
    const full = `${definitions}\n${text}`;
    const analysis = analyze(full, { tables: [...tables, ...named], functions: [], watchlists: [] });
    for (const error of analysis.errors) {
      const line = 'span' in error && error.span ? full.split('\n')[error.span.line - 1] : '';
      problems.push(`${id}: ${'message' in error ? error.message : JSON.stringify(error)} (${line?.trim()})`);
    }
    problems.push(...analysis.warnings.map((warning) => `${id}: ${warning.message}`));
    const nodes = [...analysis.root.walk()];
    for (const node of nodes) {
      const name = node.simpleName;
      if (node.kind !== 'NameReference' || node.symbol?.kind !== 'Table' || !name) continue;
      if (knownTable(name)) used.add(name);
    }
    if (!readStatements(text).others) definitions += `\n${text}\n`;
    else if (options.name !== undefined) {
      results.set(options.name, nodes.filter((node) => node.kind === 'ExpressionStatement').at(-1)?.child('Expression')?.columns ?? []);
    }
  }
  return { problems, tables: [...used].sort(), results };
}
