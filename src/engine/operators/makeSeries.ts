import type { KqlType } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert, toDynamic } from '../conversions';
import { type Expression, literal, sql } from '../expression';
import { filter, nest, newColumn, type Plan, type PlanColumn, project, reference } from '../plan';
import { group } from './grouping';
import { conform, givenName, outputColumns } from './outputs';
import type { Operator, OperatorInput } from './registry';

/** Longest array that `make-series` makes. */
const LONGEST = 1_048_576;

/** The axis: bins of `step`, numbered from `origin`; null for an end that the data decides. */
interface Axis {
  readonly type: KqlType;
  readonly value: Expression;
  readonly step: Expression;
  readonly origin: Expression | undefined;
  /** Number of the first bin, and of the one after the last. */
  readonly first: Expression | undefined;
  readonly end: Expression | undefined;
  readonly conditions: readonly Expression[];
}

/** `make-series`: aggregates in bins along an axis, one array for each group; bins without rows have a default. */
export const makeSeries: Operator = (operator) => {
  const { node, input, scope, translator } = operator;
  const { ids } = translator;
  const declared = outputColumns(operator);
  const axis = axisOf(operator);
  const rows = filter(input, axis.conditions, ids);
  const keys = (node.child('ByClause')?.list('Expressions') ?? []).map((key, index): PlanColumn => {
    const output = declared[index] ?? translator.unsupported('this make-series', node);
    return newColumn(ids, output.name, output.type, conform(translator.scalar(given(key), scope), output.type));
  });
  const bin = newColumn(ids, '', 'long', binOf(axis));
  const aggregates = node.list('Aggregates').map((item) => {
    const expression = item.need('Expression');
    if (expression.kind === 'CompoundNamedExpression') return translator.unsupported('several names of one aggregate in make-series', item);
    const value = translator.scalar(given(expression), { ...scope, aggregates: true });
    const byDefault = item.child('DefaultExpression')?.child('Expression');
    return { name: givenName(expression), value: newColumn(ids, '', 'dynamic', toDynamic(value)), missing: defaultOf(operator, byDefault, value.type) };
  });
  if (keys.length + aggregates.length + 1 !== declared.length) return translator.unsupported('this make-series', node);
  const cells = group(translator, rows, [...keys, bin], aggregates.map(({ value }) => value));
  const groups = keys.map((key) => newColumn(ids, key.name, key.type, reference(key)));
  const bins = newColumn(ids, '', 'dynamic', sql('dynamic')`coalesce(list(${reference(bin)} ORDER BY ${reference(bin)}), [])`);
  const lists = aggregates.map(({ value }) => newColumn(ids, '', 'dynamic', sql('dynamic')`coalesce(list(${reference(value)} ORDER BY ${reference(bin)}), [])`));
  const series = nest(group(translator, cells, groups, [bins, ...lists]), ids);
  const nonEmpty = node.list('Parameters').some((parameter) => parameter.need('Name').simpleName === 'kind' && parameter.need('Expression').text === 'nonempty');
  const kept = nonEmpty ? series : filter(series, [sql('bool')`len(${reference(bins)}) > 0`], ids);
  const places = placed(translator, kept, axis, bins);
  const missing = aggregates.map((aggregate) => aggregate.missing);
  return project(places.plan, outputs(operator, places, { keys: groups, bins, lists, missing }), ids);
};

/** Where the axis begins, how far it goes and in which steps: columns, because a lambda can hold no sub-query. */
interface Places extends Pick<Axis, 'type' | 'step'> {
  readonly plan: Plan;
  readonly first: Expression;
  readonly end: Expression;
  readonly origin: Expression;
}

function placed({ ids }: OperatorInput['translator'], series: Plan, axis: Axis, bins: PlanColumn): Places {
  const numbers = reference(bins);
  const first = newColumn(ids, '', 'long', sql('long')`CAST(${axis.first ?? sql('long')`${numbers}[1]`} AS BIGINT)`);
  const last = axis.end ?? sql('long')`(${numbers}[-1] + 1)`;
  const end = newColumn(ids, '', 'long', sql('long')`CAST(least(${last}, ${first.expression} + ${String(LONGEST)}) AS BIGINT)`);
  const origin = newColumn(ids, '', axis.type, axis.origin ?? literal('long', 0n));
  const step = newColumn(ids, '', axis.step.type, axis.step);
  const passed = series.columns.map((planColumn): PlanColumn => ({ ...planColumn, expression: reference(planColumn) }));
  const plan = nest(project(series, [...passed, first, end, origin, step], ids), ids);
  return { plan, type: axis.type, first: reference(first), end: reference(end), origin: reference(origin), step: reference(step) };
}

const given = (node: KqlNode): KqlNode => (node.kind === 'SimpleNamedExpression' ? node.need('Expression') : node);

function axisOf({ node, scope, translator, environment }: OperatorInput): Axis {
  const value = translator.scalar(given(node.need('OnClause').need('Expression')), scope);
  const { type } = value;
  if (!['datetime', 'timespan', 'int', 'long', 'real'].includes(type)) return translator.unsupported(`make-series on a ${type}`, node);
  const range = node.need('RangeClause');
  const constant = (part: KqlNode | undefined, as: KqlType): Expression | undefined =>
    part && convert(translator.scalar(part, { environment }), as);
  const stepType = type === 'datetime' ? 'timespan' : type;
  if (range.kind === 'MakeSeriesInRangeClause') {
    const [from, to, by] = range.need('Arguments').list('Expressions');
    const [start, stop, step] = [constant(from, type), constant(to, type), constant(by, stepType)];
    if (!start || !stop || !step) return translator.unsupported('this range of make-series', range);
    const first = floorDivide(type, start, step);
    const end = sql('long')`(${floorDivide(type, stop, step)} + 1)`;
    const bin = floorDivide(type, value, step);
    return { type, value, step, origin: undefined, first, end, conditions: [sql('bool')`${bin} >= ${first}`, sql('bool')`${bin} < ${end}`] };
  }
  const start = constant(range.child('MakeSeriesFromClause')?.need('Expression'), type);
  const stop = constant(range.child('MakeSeriesToClause')?.need('Expression'), type);
  const step = constant(range.need('MakeSeriesStepClause').need('Expression'), stepType);
  if (!step) return translator.unsupported('make-series without a step', range);
  const conditions = [
    ...(start || stop ? [] : [sql('bool')`${value} IS NOT NULL`]),
    ...(start ? [sql('bool')`${value} >= ${start}`] : []),
    ...(stop ? [sql('bool')`${value} < ${stop}`] : []),
  ];
  const width = stop && (start ? sql(type)`(${stop} - ${start})` : stop);
  const end = width && sql('long')`(-${floorDivide(type, sql(type)`(-${width})`, step)})`;
  return { type, value, step, origin: start, first: start && literal('long', 0n), end, conditions };
}

function floorDivide(type: KqlType, value: Expression, step: Expression, isPositive = false): Expression {
  if (isPositive && type !== 'real' && step.kind === 'literal' && typeof step.value === 'bigint' && step.value > 0n) return sql('long')`(${value} // ${step})`;
  return type === 'real'
    ? sql('long')`CAST(floor(${value} / ${step}) AS BIGINT)`
    : sql('long')`((CAST(${value} AS BIGINT) - kql.modulo(CAST(${value} AS BIGINT), CAST(${step} AS BIGINT))) // CAST(${step} AS BIGINT))`;
}

/** Rows before the origin are left out, and no datetime is before tick 0. */
function binOf({ type, value, step, origin }: Axis): Expression {
  return floorDivide(type, origin ? sql(type)`(${value} - ${origin})` : value, step, origin !== undefined || type === 'datetime');
}

/** The value of a bin without rows, as JSON: 0 unless told. */
function defaultOf({ translator, environment }: OperatorInput, node: KqlNode | undefined, type: KqlType): Expression {
  const value = node ? translator.scalar(node, { environment }) : literal('long', 0n);
  return toDynamic(type === 'real' && value.type !== 'dynamic' ? convert(value, 'real') : value);
}

interface Parts {
  readonly keys: readonly PlanColumn[];
  readonly bins: PlanColumn;
  readonly lists: readonly PlanColumn[];
  readonly missing: readonly Expression[];
}

function outputs(operator: OperatorInput, { type, first, end, origin, step }: Places, { keys, bins, lists, missing }: Parts): PlanColumn[] {
  const { ids } = operator.translator;
  const declared = outputColumns(operator);
  const arrays = lists.map((list, index) => {
    const empty = missing[index] ?? literal('dynamic', null);
    return sql('dynamic')`to_json(kql.filled_series(${reference(bins)}, ${reference(list)}, ${first}, ${end}, ${empty}))`;
  });
  const point = sql(type)`(${origin} + i * ${step})`;
  const number = type === 'real' ? sql('real')`CAST(${point} AS DOUBLE)` : sql('long')`CAST(${point} AS BIGINT)`;
  const label = toDynamic(type === 'datetime' || type === 'timespan' ? point : number);
  const points = sql('dynamic')`to_json(list_transform(range(${first}, ${end}), lambda i: ${label}))`;
  const values = [...keys.map(reference), ...arrays, points];
  return values.map((value, index): PlanColumn => newColumn(ids, declared[index]?.name ?? '', declared[index]?.type ?? 'dynamic', value));
}
