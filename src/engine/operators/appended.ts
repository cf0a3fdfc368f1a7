import type { Column } from '../../common/kqlTypes';
import { literal, nullOf } from '../expression';
import { physicalTypes } from '../physicalTypes';
import { asSet, newColumn, type Plan, type PlanColumn, planOf, project, reference, type Source, sqlName } from '../plan';
import { quoteText, type Renderer } from '../render';
import type { Translator } from '../translator';

/** A table of a union. */
export interface Branch {
  readonly name: string;
  readonly plan: Plan;
  /** Found by a wildcard among the names of `let`. */
  readonly isView?: boolean | undefined;
}

/** More cells than this (branches × columns) are written sparsely: DuckDB takes about a microsecond to plan each. */
const MOST_DENSE_CELLS = 20_000;

/**
 * All rows of all branches under the declared columns; what a branch lacks is null there.
 * @param sourceName Of the column that tells the branch, when there is one.
 */
export function appended(translator: Translator, inputs: readonly Branch[], declared: readonly Column[], sourceName?: string): Plan {
  const { ids } = translator;
  const outputs = declared.map((column): PlanColumn => newColumn(ids, column.name, column.type, nullOf(column.type)));
  const nameOf = outputNames(inputs, new Set(declared.map(({ name }) => name)), sourceName);
  const idOf = new Map(outputs.map(({ id, name, type }) => [`${type} ${name}`, id]));
  const branches = inputs.map(({ name, plan }) => {
    const columns = new Map<number, PlanColumn>();
    for (const planColumn of plan.columns) {
      const id = idOf.get(`${planColumn.type} ${nameOf(planColumn)}`);
      if (id !== undefined && !columns.has(id)) columns.set(id, planColumn);
    }
    return { name, plan, columns };
  });
  const source: Source = {
    names: new Map(outputs.map(({ id }) => [id, sqlName(id)])),
    render(needed, renderer) {
      // Only the columns that are read: a search over hundreds of tables has thousands.
      const read = outputs.filter(({ id }) => needed.has(id));
      const wanted = { translator, branches, outputs: read, source: read.find(({ name }) => name === sourceName) };
      if (branches.length === 0) return noRows(outputs, renderer);
      return branches.length * read.length > MOST_DENSE_CELLS ? sparse(wanted, renderer) : dense(wanted, renderer);
    },
  };
  return planOf(source, outputs);
}

interface Wanted {
  readonly translator: Translator;
  /** With what each branch has of the outputs, by their ids. */
  readonly branches: readonly (Branch & { readonly columns: ReadonlyMap<number, PlanColumn> })[];
  readonly outputs: readonly PlanColumn[];
  readonly source: PlanColumn | undefined;
}

const nothing: Source = { names: new Map(), render: () => '' };

function noRows(outputs: readonly PlanColumn[], renderer: Renderer): string {
  const nulls = outputs.map(({ id, type }) => `${renderer.expression(literal(type, null), nothing)} AS ${sqlName(id)}`);
  return `(SELECT ${nulls.join(', ') || '1'} WHERE false)`;
}

function dense({ translator, branches, outputs, source }: Wanted, renderer: Renderer): string {
  const needed = new Set(outputs.map(({ id }) => id));
  const selects = branches.map(({ name, plan, columns }) => {
    const filled = outputs.map((output): PlanColumn => {
      const found = columns.get(output.id);
      return { ...output, expression: output === source ? literal('string', name) : found ? reference(found) : nullOf(output.type) };
    });
    return `(${renderer.select(project(asSet(plan, translator.ids), filled, translator.ids), needed)})`;
  });
  return `(${selects.join(' UNION ALL ')})`;
}

/** Each branch gives the texts of what it has in a list, with its number; columns are taken out above. */
function sparse({ translator, branches, outputs, source }: Wanted, renderer: Renderer): string {
  const { ids } = translator;
  const uses = new Map<number, number>();
  for (const { columns } of branches) for (const id of columns.keys()) uses.set(id, (uses.get(id) ?? 0) + 1);
  // The most common first: they have the same place in most lists.
  const ordered = [...outputs].sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0));
  const places = new Map<number, Map<number, number[]>>();
  const selects = branches.map(({ plan, columns }, number) => {
    const had = ordered.filter((output) => output !== source && columns.has(output.id));
    had.forEach(({ id }, index) => {
      const byPlace = places.get(id) ?? new Map<number, number[]>();
      places.set(id, byPlace);
      byPlace.set(index + 1, [...(byPlace.get(index + 1) ?? []), number]);
    });
    const set = asSet(plan, ids);
    const passed = had.flatMap(({ id }): PlanColumn[] => {
      const column = columns.get(id);
      return column ? [{ ...column, id: ids.next(), expression: reference(column) }] : [];
    });
    const texts = passed.map(({ id }) => `CAST(${sqlName(id)} AS VARCHAR)`);
    const rows = renderer.select(project(set, passed, ids), new Set(passed.map(({ id }) => id)));
    return `(SELECT ${number} AS b, ${texts.length === 0 ? '[]::VARCHAR[]' : `[${texts.join(', ')}]`} AS x FROM (${rows}))`;
  });
  const names = `[${branches.map(({ name }) => quoteText(name)).join(', ')}]`;
  const taken = outputs.map((output) => {
    // DuckDB makes a join of each long IN.
    if (output === source) return `(${names})[b + 1] AS ${sqlName(output.id)}`;
    const arms = [...(places.get(output.id) ?? [])].map(([place, numbers]) => `WHEN list_contains([${numbers.join(', ')}], b) THEN x[${place}]`);
    const text = arms.length === 0 ? 'NULL' : `CASE ${arms.join(' ')} END`;
    return `${output.type === 'string' ? `coalesce(${text}, '')` : `CAST(${text} AS ${physicalTypes[output.type]})`} AS ${sqlName(output.id)}`;
  });
  // Else each branch's pipeline would have the vectors of all columns.
  return `(WITH found AS MATERIALIZED (${selects.join(' UNION ALL ')}) SELECT ${taken.join(', ')} FROM found)`;
}

/** The output's name for a branch's column: its own, or with its type where types conflict, or numbered where that name is taken, too. */
function outputNames(inputs: readonly Branch[], declared: ReadonlySet<string>, sourceName: string | undefined): (column: Column) => string {
  const types = new Map<string, Set<string>>();
  for (const { plan } of inputs) for (const { name, type } of plan.columns) types.set(name, (types.get(name) ?? new Set()).add(type));
  return ({ name, type }) => {
    if (name === sourceName) return `${name}1`;
    if ((types.get(name)?.size ?? 0) < 2) return name;
    const typed = `${name}_${type}`;
    return types.has(typed) && declared.has(`${typed}1`) ? `${typed}1` : typed;
  };
}
