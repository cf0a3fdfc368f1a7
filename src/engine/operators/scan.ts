import type { Column } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { type Expression, hasSubquery, hasWindow, nullOf, sql } from '../expression';
import { nest, newColumn, orderText, type Plan, type PlanColumn, planOf, reference, type Source, sqlName } from '../plan';
import type { Renderer } from '../render';
import type { Scope } from '../scope';
import { conform, outputColumns } from './outputs';
import { type Declared, foldSql, type ScanStep, type StateExpression, type StateField } from './scanFold';
import type { Operator, OperatorInput } from './registry';

/** Rows that one round of the recursion folds: its join costs as much as some hundred rows. */
const BLOCK = 256;

/**
 * `scan`: the rows in their order go through the steps of a state machine, as "Scan logic" in the documentation says. The match id grows
 * when the first step matches without an active sequence: so it is in the documentation's sessions. Some thousand rows a second.
 */
export const scan: Operator = (operator) => {
  const { node, input, translator } = operator;
  const { ids } = translator;
  const declared = readDeclared(operator);
  const base = nest(input, ids);
  const fields = stateFields(operator, base, declared);
  const steps = node.list('Steps').map((_, index) => readStep(operator, base, declared, fields, index));
  // The binder counts on a column match_id all the same; the documentation's answers have none.
  if (node.list('Parameters').length === 0 && translator.mentions('match_id') === 0) translator.phantoms.add('match_id');
  const added = { n: ids.next(), step: ids.next(), match: ids.next() };
  const outputs = [...base.columns.map(reference), ...declared.map(({ id, type }): Expression => ({ kind: 'column', id, type }))];
  const names = [...base.columns, ...declared].map(({ id }) => [id, sqlName(id)] as const);
  const { partition } = base;
  const key = newColumn(ids, '', partition?.type ?? 'long', partition ?? nullOf('long'));
  const source: Source = {
    names: new Map([...names, ...[...Object.values(added), key.id].map((id) => [id, sqlName(id)] as const)]),
    render: (needed, renderer) => render({ base, key, steps, declared, fields, added }, needed, renderer),
  };
  const plan = planOf(source, [], {
    serialized: true,
    partition: partition && { kind: 'column', id: key.id, type: key.type },
    order: [
      { expression: { kind: 'column', id: added.n, type: 'long' }, descending: false, nullsFirst: true },
      { expression: { kind: 'column', id: added.step, type: 'long' }, descending: true, nullsFirst: true },
    ],
  });
  const columns = outputColumns(operator).map(({ name, type }, index): PlanColumn => {
    return newColumn(ids, name, type, outputs[index] ?? { kind: 'column', id: added.match, type: 'long' });
  });
  return { ...plan, columns };
};

function readDeclared({ node, translator, environment }: OperatorInput): Declared[] {
  return (node.child('DeclareClause')?.list('Declarations') ?? []).map((declaration) => {
    const name = declaration.need('NameAndType').need('Name');
    const type = name.scalarType ?? 'dynamic';
    const value = declaration.child('DefaultValue')?.child('Value');
    const byDefault = value ? conform(translator.scalar(value, { environment }), type) : nullOf(type);
    return { id: translator.ids.next(), name: name.simpleName ?? '', type, byDefault };
  });
}

/** What conditions and assignments ask of each step. */
function stateFields({ node, translator }: OperatorInput, base: Plan, declared: readonly Declared[]): StateField[] {
  const names = node.list('Steps').map((step) => step.need('Name').simpleName ?? '');
  const fields = new Map<string, StateField>();
  for (const part of node.walk()) {
    const of = part.kind === 'PathExpression' ? part.need('Expression') : undefined;
    const step = of?.kind === 'NameReference' ? names.indexOf(of.simpleName ?? '') : -1;
    if (step === -1) continue;
    const name = part.need('Selector').simpleName ?? '';
    const column = [...declared, ...base.columns].find((candidate) => candidate.name === name);
    if (!column) return translator.unsupported(`the column ${name} of a step here`, part);
    fields.set(`${step} ${name}`, { step, column });
  }
  return [...fields.values()];
}

function readStep(
  { node, translator, environment }: OperatorInput,
  base: Plan,
  declared: readonly Declared[],
  fields: readonly StateField[],
  index: number,
): ScanStep {
  const step = node.list('Steps')[index] ?? node;
  const names = node.list('Steps').map((other) => other.need('Name').simpleName ?? '');
  const byName = new Map(base.columns.map((column) => [column.name, reference(column)]));
  /** Of the state of step `of`: what a later step would know is not there yet. */
  const scopeIn = (of: number): { readonly scope: Scope; readonly ids: Map<number, StateField> } => {
    const ids = new Map<number, StateField>();
    const property = (variable: string, name: string): Expression | undefined => {
      const asked = names.indexOf(variable);
      const field = fields.find((candidate) => candidate.step === asked && candidate.column.name === name);
      if (!field) return undefined;
      if (asked > of) return defaultOf(field.column);
      const id = translator.ids.next();
      ids.set(id, field);
      return { kind: 'column', id, type: field.column.type };
    };
    const find = (name: string): Expression | undefined => {
      if (declared.some((column) => column.name === name)) translator.unsupported(`${name} without the name of its step in scan`, step);
      return byName.get(name);
    };
    const all = [...byName].map(([name, expression]) => ({ name, expression }));
    const pattern = { property, whole: (): undefined => undefined, call: (): undefined => undefined };
    return { scope: { environment, rows: { find, all, order: [] }, pattern }, ids };
  };
  const read = (value: KqlNode, of: number, type: Column['type']): StateExpression => {
    const { scope, ids } = scopeIn(of);
    const translated = translator.scalar(value, scope);
    if (hasWindow(translated) || hasSubquery(translated)) translator.unsupported('a table or a neighbouring row inside a step of scan', value);
    return { expression: conform(translated, type), state: ids };
  };
  const condition = step.need('Condition');
  const assignments = step.child('ComputationClause')?.list('Assignments') ?? [];
  return {
    output: outputOf(step),
    promoted: index === 0 ? undefined : read(condition, index - 1, 'bool'),
    repeated: read(condition, index, 'bool'),
    assigned: assignments.map((assignment) => {
      const name = assignment.need('Name').simpleName ?? '';
      const column = declared.find((candidate) => candidate.name === name);
      if (!column) return translator.unsupported(`an assignment to ${name}, which scan does not declare,`, assignment);
      const value = assignment.need('Expression');
      const promoted = index === 0 ? undefined : read(value, index - 1, column.type);
      return { column, promoted, repeated: read(value, index, column.type) };
    }),
  };
}

const defaultOf = (column: StateField['column']): Expression => ('byDefault' in column ? column.byDefault : nullOf(column.type));

function outputOf(step: KqlNode): ScanStep['output'] {
  const word = step.children.find(({ kind }) => kind === 'ScanStepOutput')?.text.replace(/^.*=\s*/su, '').toLowerCase();
  return word === 'none' || word === 'last' ? word : 'all';
}

interface Scan {
  readonly base: Plan;
  readonly key: PlanColumn;
  readonly steps: readonly ScanStep[];
  readonly declared: readonly Declared[];
  readonly fields: readonly StateField[];
  readonly added: { readonly n: number; readonly step: number; readonly match: number };
}

function render({ base, key, steps, declared, fields, added }: Scan, needed: ReadonlySet<number>, renderer: Renderer): string {
  const n = sqlName(added.n);
  const p = sqlName(key.id);
  const { initial, noOutput, body, read } = foldSql({ steps, declared, fields }, renderer);
  const order = orderText(base.order);
  const ordered = order ? sql('string')` ORDER BY ${order}` : '';
  const position = sql('long', { window: true })`row_number() OVER (PARTITION BY ${key.expression}${ordered})`;
  const number: PlanColumn = { id: added.n, name: '', type: 'long', expression: position };
  const wanted = new Set([...needed, ...read, added.n, key.id]);
  const rows = renderer.select({ ...base, columns: [...base.columns, key, number] }, wanted);
  const taken = [...read].map((id) => `${sqlName(id)}: ${sqlName(id)}`);
  const list = `list({n: ${[n, ...taken].join(', ')}} ORDER BY ${n})`;
  const blocks = `SELECT ${p} AS p, (${n} - 1) // ${BLOCK} AS b, ${list} AS x FROM rows GROUP BY ALL`;
  const first = `SELECT DISTINCT p, -1::BIGINT, ${initial} FROM blocks`;
  const next = 'fold AS f JOIN blocks AS k ON k.p IS NOT DISTINCT FROM f.p AND k.b = f.b + 1';
  const after = `list_reduce(k.x, lambda acc, e: ${body}, struct_update(f.a, o := ${noOutput}))`;
  const fold = `SELECT k.p, k.b, ${after} FROM ${next}`;
  const last = steps.flatMap(({ output }, index) => (output === 'last' ? [index] : []));
  const isLast = 'row_number() OVER (PARTITION BY p, o.t, o.m ORDER BY o.n DESC) = 1';
  const lastOnly = last.length === 0 ? '' : ` QUALIFY o.t NOT IN (${last.join(', ')}) OR ${isLast}`;
  const outputs = [
    ...base.columns.filter(({ id }) => needed.has(id)).map(({ id }) => `r.${sqlName(id)}`),
    ...declared.map(({ id }) => `u.o.${sqlName(id)} AS ${sqlName(id)}`),
    `u.o.m AS ${sqlName(added.match)}`,
    `u.o.t AS ${sqlName(added.step)}`,
    `r.${n}`,
    `r.${p}`,
  ];
  return [
    `(WITH RECURSIVE rows AS MATERIALIZED (${rows}), blocks AS MATERIALIZED (${blocks}), fold(p, b, a) AS (${first} UNION ALL ${fold}),`,
    `found AS (SELECT p, o FROM (SELECT p, unnest(a.o) AS o FROM fold WHERE b >= 0)${lastOnly})`,
    `SELECT ${outputs.join(', ')} FROM found AS u JOIN rows AS r ON r.${n} = u.o.n AND r.${p} IS NOT DISTINCT FROM u.p)`,
  ].join(' ');
}
