import type { KqlType } from '../../common/kqlTypes';
import type { KqlNode } from '../../kql/node';
import { convert } from '../conversions';
import { type Expression, literal, nullOf, sql } from '../expression';
import { newColumn, type Plan, type PlanColumn, project, reference } from '../plan';
import { quoteText } from '../render';
import { constantNumber } from './options';
import type { Plugin, PluginInput } from './registry';
import { type Writing, writtenPlan } from './written';

/** What `mine_patterns` is asked for. */
interface Question {
  readonly kind: 'autocluster' | 'basket' | 'difference';
  readonly threshold: number;
  readonly options: Readonly<Record<string, number | undefined>>;
  /** Weight of a row in the set, or in the first of two. */
  readonly a: Expression;
  readonly b: Expression;
  /** Columns whose values make patterns. */
  readonly columns: readonly PlanColumn[];
  readonly wildcards: readonly KqlNode[];
  /** SQL of the columns before those of the input, over the sums `a` and `b` and the totals `ta` and `tb`. */
  readonly measures: readonly string[];
}

/** Smallest share of the rows that a pattern of autocluster has: not documented. */
const AUTOCLUSTER_SHARE = 0.02;

/** `autocluster(size weight, weight column, seeds, wildcard…)`: see the routine for what makes a pattern a good one. */
export const autocluster: Plugin = (plugin) => {
  const [sizeWeight, weight, seeds, ...wildcards] = plugin.args;
  const size = between(plugin, sizeWeight, 0.5, 0, 1);
  // Every pattern is looked at: there are no seeds to begin from.
  constantNumber(plugin, seeds);
  return oneSet(plugin, { kind: 'autocluster', threshold: AUTOCLUSTER_SHARE, options: { sizeWeight: size }, weight, wildcards });
};

/** `basket(threshold, weight column, dimensions, wildcard…)`: all frequent patterns, by the Apriori idea. Exact: nothing is sampled. */
export const basket: Plugin = (plugin) => {
  const [thresholdNode, weight, dimensions, ...wildcards] = plugin.args;
  const threshold = between(plugin, thresholdNode, 0.05, 0.015, 1);
  return oneSet(plugin, { kind: 'basket', threshold, options: { dimensions: constantNumber(plugin, dimensions) ?? 5 }, weight, wildcards });
};

/** `diffpatterns(split column, value A, value B, weight, threshold, dimensions, wildcard…)`: what one set has more than the other. */
export const diffpatterns: Plugin = (plugin) => {
  const { scope, environment, translator, input, node } = plugin;
  const [split, valueA, valueB, weightNode, thresholdNode, dimensions, ...wildcards] = plugin.args;
  if (!split || !valueA || !valueB) return translator.unsupported('diffpatterns without its two sets', node);
  const set = convert(translator.scalar(split, scope), 'string');
  const weight = weightOf(plugin, weightNode);
  const side = (value: KqlNode): Expression => {
    const wanted = convert(translator.scalar(value, { environment }), 'string');
    return sql('real')`CASE WHEN ${set} = ${wanted} THEN ${weight.value} ELSE 0 END`;
  };
  const percent = (one: string, total: string): string => `round(100 * ${one} / nullif(${total}, 0), 2)`;
  return minedPlan(plugin, {
    kind: 'difference',
    threshold: between(plugin, thresholdNode, 0.05, 0.015, 1),
    options: { dimensions: constantNumber(plugin, dimensions) },
    a: side(valueA),
    b: side(valueB),
    columns: input.columns.filter(({ name }) => name !== split.simpleName && name !== weight.name),
    wildcards,
    measures: [
      'CAST(round(a) AS BIGINT)',
      'CAST(round(b) AS BIGINT)',
      percent('a', 'ta'),
      percent('b', 'tb'),
      `round(100 * abs(coalesce(a / nullif(ta, 0), 0) - coalesce(b / nullif(tb, 0), 0)), 2)`,
    ],
  });
};

interface OneSet extends Pick<Question, 'threshold' | 'options' | 'wildcards'> {
  readonly kind: 'autocluster' | 'basket';
  readonly weight: KqlNode | undefined;
}

function oneSet(plugin: PluginInput, { weight: weightNode, ...question }: OneSet): Plan {
  const weight = weightOf(plugin, weightNode);
  return minedPlan(plugin, {
    ...question,
    a: weight.value,
    b: literal('real', 0),
    columns: plugin.input.columns.filter(({ name }) => name !== weight.name),
    measures: ['CAST(round(a) AS BIGINT)', 'round(100 * a / ta, 1)'],
  });
}

/**
 * Values that are frequent get numbers; rows with the same numbers are counted together, and the patterns of these few kinds of rows are
 * found by the routine. The numbers then become values again.
 */
function minedPlan(plugin: PluginInput, question: Question): Plan {
  const { input, translator, declared } = plugin;
  const { columns, measures, threshold } = question;
  const { ids } = translator;
  const weights = [question.a, question.b].map((weight) => newColumn(ids, '', 'real', convert(weight, 'real')));
  const rows = project(input, [...columns.map((planColumn) => ({ ...planColumn, expression: reference(planColumn) })), ...weights], ids);
  const wildcardOf = wildcardsOf(plugin, question.wildcards);
  const at = (name: string): number => columns.findIndex((planColumn) => planColumn.name === name);
  const outputs = declared.slice(measures.length + 1);
  return writtenPlan(translator, declared, 1, (writing: Writing) => {
    const every = columns.map((_, index) => index);
    const options = quoteText(JSON.stringify({ threshold, ...question.options }));
    const frequent = every.map(
      (index) =>
        `f${index} AS MATERIALIZED (SELECT d${index} AS v, row_number() OVER (ORDER BY sum(a + b) DESC, CAST(d${index} AS VARCHAR)) AS n FROM e GROUP BY d${index} ` +
        `HAVING sum(a) >= ${threshold} * (SELECT ta FROM t) OR sum(b) >= ${threshold} * (SELECT tb FROM t))`,
    );
    const numbered = every.map((index) => ` LEFT JOIN f${index} ON f${index}.v IS NOT DISTINCT FROM e.d${index}`).join('');
    const numbers = every.map((index) => `f${index}.n AS n${index}`);
    const kinds = every.map((index) => `n${index}`).join(', ');
    const values = outputs.map(({ name, type }) => {
      const index = at(name);
      const wildcard = writing.value(wildcardOf(type));
      return index === -1 ? wildcard : `CASE WHEN f${index}.n IS NULL THEN ${wildcard} ELSE f${index}.v END`;
    });
    const named = every.map((index) => ` LEFT JOIN f${index} ON f${index}.n = CAST(json_extract_string(p, '$[0][${index}]') AS BIGINT)`).join('');
    return (
      `WITH e AS MATERIALIZED (SELECT * FROM ${writing.table(rows, [...every.map((index) => `d${index}`), 'a', 'b'])} WHERE a > 0 OR b > 0), ` +
      `t AS MATERIALIZED (SELECT coalesce(sum(a), 0) AS ta, coalesce(sum(b), 0) AS tb FROM e), ${[...frequent, ''].join(', ')}` +
      `r AS (SELECT ${[...numbers, 'sum(a) AS a', 'sum(b) AS b'].join(', ')} FROM e${numbered} GROUP BY ALL), ` +
      `k AS (SELECT CAST(to_json(list(json_array(json_array(${kinds}), a, b) ORDER BY ${[...every.map((index) => `n${index}`), 'a'].join(', ')})) AS VARCHAR) AS rows FROM r), ` +
      `l AS (SELECT from_json(CAST(routine_mine_patterns(${quoteText(question.kind)}, ${options}, rows) AS JSON), '["JSON"]') AS l FROM k), ` +
      `m AS (SELECT unnest(l) AS p, generate_subscripts(l, 1) - 1 AS id FROM l), ` +
      `s AS (SELECT *, CAST(json_extract_string(p, '$[1]') AS DOUBLE) AS a, CAST(json_extract_string(p, '$[2]') AS DOUBLE) AS b FROM m, t) ` +
      `SELECT ${['id', ...measures, ...values].join(', ')} FROM s${named} ORDER BY id`
    );
  });
}

/** What stands for any value of a type: the constants that the query gives, else null. */
function wildcardsOf({ translator, environment }: PluginInput, nodes: readonly KqlNode[]): (type: KqlType) => Expression {
  const given = nodes.map((node) => translator.scalar(node, { environment })).filter((value) => value.kind !== 'literal' || value.value !== '~');
  return (type) => given.find((value) => value.type === type) ?? nullOf(type);
}

interface Weight {
  readonly value: Expression;
  /** Of the column, which is in no pattern. */
  readonly name?: string | undefined;
}

/** The weight of a row: 1, or the value of a column. */
function weightOf({ scope, translator }: PluginInput, node: KqlNode | undefined): Weight {
  const value = node && translator.scalar(node, scope);
  if (!value || (value.kind === 'literal' && value.value === '~')) return { value: literal('real', 1) };
  return { value: sql('real')`coalesce(${convert(value, 'real')}, 0)`, name: node.simpleName };
}

function between(plugin: PluginInput, node: KqlNode | undefined, byDefault: number, least: number, most: number): number {
  const value = constantNumber(plugin, node) ?? byDefault;
  return value >= least && value <= most ? value : plugin.translator.invalid(`This has to be a number from ${least} to ${most}.`, node ?? plugin.node);
}
