import type { KqlType } from '../../common/kqlTypes';
import { collectColumns, type Expression, nullOf } from '../expression';
import { physicalTypes } from '../physicalTypes';
import { type PlanColumn, type Source, sqlName } from '../plan';
import type { Renderer } from '../render';

/** A column that `declare` adds. */
export interface Declared {
  readonly id: number;
  readonly name: string;
  readonly type: KqlType;
  readonly byDefault: Expression;
}

/** A value that the state keeps: a column as it was when a step matched last. */
export interface StateField {
  readonly step: number;
  readonly column: Declared | PlanColumn;
}

/** An expression over the row and a step's state; `state` tells which of its columns are the state's. */
export interface StateExpression {
  readonly expression: Expression;
  readonly state: ReadonlyMap<number, StateField>;
}

export interface ScanStep {
  readonly output: 'all' | 'last' | 'none';
  /** The condition with the state of the step before; the first step has none. */
  readonly promoted: StateExpression | undefined;
  /** The condition with the step's own state. */
  readonly repeated: StateExpression;
  readonly assigned: readonly {
    readonly column: Declared;
    readonly promoted: StateExpression | undefined;
    readonly repeated: StateExpression;
  }[];
}

export interface Fold {
  readonly steps: readonly ScanStep[];
  readonly declared: readonly Declared[];
  readonly fields: readonly StateField[];
}

const nothing: Source = { names: new Map(), render: () => '' };
const fieldName = (of: number, { step, column }: StateField): string => `s${of}_${step}_${column.id}`;

/**
 * A scan as a fold in SQL. The state is a struct: for step k `k<k>` (is there a sequence?), `m<k>` (its match id) and the values of the
 * steps up to it; `next`, the next match id; `o`, what the rows of the block gave. `body` makes of the state `acc` the one after a
 * row `e`.
 */
export function foldSql(
  fold: Fold,
  renderer: Renderer,
): { readonly initial: string; readonly noOutput: string; readonly body: string; readonly read: ReadonlySet<number> } {
  const { steps, declared, fields } = fold;
  const typed = (expression: Expression): string => `CAST(${renderer.expression(expression, nothing)} AS ${physicalTypes[expression.type]})`;
  const columnTypes = declared.map(({ id, type }) => `, ${sqlName(id)} ${physicalTypes[type]}`).join('');
  const noOutput = `[]::STRUCT(n BIGINT, t BIGINT, m BIGINT${columnTypes})[]`;
  const empty = steps.flatMap((_, of) => [
    [`k${of}`, 'false'],
    [`m${of}`, '0::BIGINT'],
    ...fields.filter(({ step }) => step <= of).map((field) => [fieldName(of, field), typed(emptyValue(field))]),
  ]);
  const initial = struct([...empty, ['next', '0::BIGINT'], ['o', noOutput]]);
  const read = new Set<number>();
  const note = ({ expression, state }: StateExpression): void => {
    const used = new Set<number>();
    collectColumns(expression, used);
    for (const id of used) if (!state.has(id)) read.add(id);
  };
  for (const step of steps) {
    for (const part of [step, ...step.assigned]) for (const value of [part.promoted, part.repeated]) if (value) note(value);
  }
  for (const { column } of fields) if (!('byDefault' in column)) read.add(column.id);
  // From the last step to the first, each on the state that the one after it left.
  return { initial, noOutput, body: chain(fold, renderer, steps.length - 1, 'acc', typed), read };
}

const emptyValue = ({ column }: StateField): Expression => ('byDefault' in column ? column.byDefault : nullOf(column.type));
const struct = (fields: readonly (readonly string[])[]): string => `{${fields.map(([name = '', value = '']) => `${name}: ${value}`).join(', ')}}`;
const within = (value: string, name: string, body: string): string => `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** The state after the steps from `at` down to the first. */
function chain(fold: Fold, renderer: Renderer, at: number, state: string, typed: (expression: Expression) => string): string {
  const next = stepSql(fold, renderer, at, state, typed);
  return at === 0 ? next : within(next, `acc${at}`, chain(fold, renderer, at - 1, `acc${at}`, typed));
}

function stepSql(fold: Fold, renderer: Renderer, at: number, a: string, typed: (expression: Expression) => string): string {
  const { steps, declared, fields } = fold;
  const step = steps[at];
  if (!step) return a;
  const sqlOf = ({ expression, state }: StateExpression, of: number): string => {
    const used = new Set<number>();
    collectColumns(expression, used);
    const names = new Map([...used].map((id) => {
      const field = state.get(id);
      return [id, field ? `${a}.${fieldName(of, field)}` : `e.${sqlName(id)}`] as const;
    }));
    return renderer.expression(expression, { names, render: () => '' });
  };
  // Check 1 and check 2 of the documentation.
  const promoted = step.promoted ? `(${a}.k${at - 1} AND coalesce(${sqlOf(step.promoted, at - 1)}, false))` : 'false';
  const repeated = `(${at === 0 ? 'true' : `${a}.k${at}`} AND coalesce(${sqlOf(step.repeated, at)}, false))`;
  const f = `f${at}`;
  const d = `d${at}`;
  const assigned = new Map(step.assigned.map(({ column, promoted: first, repeated: again }) => {
    const value = first ? `CASE WHEN ${f}.y THEN ${sqlOf(first, at - 1)} ELSE ${sqlOf(again, at)} END` : sqlOf(again, at);
    return [column.id, value] as const;
  }));
  const valueOf = (column: Declared | PlanColumn): string =>
    'byDefault' in column ? (assigned.has(column.id) ? `${d}.${sqlName(column.id)}` : typed(column.byDefault)) : `e.${sqlName(column.id)}`;
  const hit = `(${f}.y OR ${f}.z)`;
  const kept = steps.flatMap((_, of): (readonly string[])[] => {
    const values = fields.filter((field) => field.step <= of);
    const same = values.map((field) => [fieldName(of, field), `${a}.${fieldName(of, field)}`]);
    if (of === at) {
      const match = at === 0 ? `CASE WHEN ${f}.z AND NOT ${a}.k0 THEN ${a}.next ELSE ${a}.m0 END` : `CASE WHEN ${f}.y THEN ${a}.m${at - 1} ELSE ${a}.m${at} END`;
      const own = values.map((field) => {
        const old = `${a}.${fieldName(at, field)}`;
        const taken = field.step === at ? `CASE WHEN ${hit} THEN ${valueOf(field.column)} ELSE ${old} END` : `CASE WHEN ${f}.y THEN ${a}.${fieldName(at - 1, field)} ELSE ${old} END`;
        return [fieldName(at, field), taken];
      });
      return [[`k${at}`, `(${a}.k${at} OR ${hit})`], [`m${at}`, match], ...own];
    }
    if (of !== at - 1) return [[`k${of}`, `${a}.k${of}`], [`m${of}`, `${a}.m${of}`], ...same];
    // The sequence moved on: the step begins anew.
    const cleared = values.map((field) => [fieldName(of, field), `CASE WHEN ${f}.y THEN ${typed(emptyValue(field))} ELSE ${a}.${fieldName(of, field)} END`]);
    return [[`k${of}`, `(${a}.k${of} AND NOT ${f}.y)`], [`m${of}`, `${a}.m${of}`], ...cleared];
  });
  const matchId = at === 0 ? `CASE WHEN ${a}.k0 THEN ${a}.m0 ELSE ${a}.next END` : `CASE WHEN ${f}.y THEN ${a}.m${at - 1} ELSE ${a}.m${at} END`;
  const row = struct([['n', 'e.n'], ['t', `${at}::BIGINT`], ['m', matchId], ...declared.map((column) => [sqlName(column.id), valueOf(column)])]);
  const next = at === 0 ? `CASE WHEN ${f}.z AND NOT ${a}.k0 THEN ${a}.next + 1 ELSE ${a}.next END` : `${a}.next`;
  const outputs = step.output === 'none' ? `${a}.o` : `CASE WHEN ${hit} THEN list_append(${a}.o, ${row}) ELSE ${a}.o END`;
  const after = struct([...kept, ['next', next], ['o', outputs]]);
  const values = struct([...assigned].map(([id, value]) => [sqlName(id), value]));
  const withValues = assigned.size === 0 ? after : within(values, d, after);
  return within(struct([['y', promoted], ['z', promoted === 'false' ? repeated : `(NOT ${promoted} AND ${repeated})`]]), f, withValues);
}
