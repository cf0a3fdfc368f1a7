import { convert } from '../conversions';
import { newColumn, project } from '../plan';
import { quoteText } from '../render';
import { bool } from '../scalars/comparisons';
import { constantNumber } from './options';
import type { Plugin } from './registry';
import { writtenPlan } from './written';

/**
 * `diffpatterns_text(text, condition, fewest tokens, threshold, most tokens)`: tokens that texts have at the same places, more often where
 * the condition holds, or more often where it does not. As in the published table, the places are the first 20, and `*` stands for any
 * token, at the end for any more.
 */
export const diffpatternsText: Plugin = (plugin) => {
  const { input, scope, translator, args, declared, node } = plugin;
  const { ids } = translator;
  const [textNode, conditionNode, fewestNode, thresholdNode, mostNode] = args;
  if (!textNode || !conditionNode) return translator.unsupported('this diffpatterns_text', node);
  const fewest = constantNumber(plugin, fewestNode) ?? 1;
  const threshold = constantNumber(plugin, thresholdNode) ?? 0.05;
  const most = constantNumber(plugin, mostNode) ?? 20;
  if (threshold < 0.015 || threshold > 1) return translator.invalid('This has to be a number from 0.015 to 1.', thresholdNode ?? node);
  if (most < 1 || most > 20 || fewest > 200) return translator.invalid('At least 1 and at most 20 tokens can be compared.', mostNode ?? node);
  const rows = project(
    input,
    [
      newColumn(ids, '', 'string', convert(translator.scalar(textNode, scope), 'string')),
      newColumn(ids, '', 'bool', bool(translator.scalar(conditionNode, scope))),
    ],
    ids,
  );
  const places = Array.from({ length: most }, (_, index) => index);
  return writtenPlan(translator, declared, 0, (writing) => {
    const options = quoteText(JSON.stringify({ threshold, fewest }));
    const holds = `count(*) FILTER (WHERE c)`;
    const fails = `count(*) FILTER (WHERE NOT c)`;
    // A token's number is the same at every place.
    const numbers = places.map((place) => `(SELECT n FROM f WHERE f.place = ${place + 1} AND f.token = e.tokens[${place + 1}]) AS n${place}`);
    const names = places.map((place) => `n${place}`).join(', ');
    const tokens = places.map((place) => `coalesce((SELECT token FROM f WHERE f.n = CAST(json_extract_string(p, '$[0][${place}]') AS BIGINT)), '*')`);
    const text = `list_aggregate([${tokens.join(', ')}], 'string_agg', ' ')`;
    return (
      `WITH e AS MATERIALIZED (SELECT list_filter(regexp_split_to_array(s, '\\s+'), lambda x: x <> '')[1:${most}] AS tokens, coalesce(c, false) AS c FROM ${writing.table(rows, ['s', 'c'])}), ` +
      `t AS MATERIALIZED (SELECT CAST(${holds} AS DOUBLE) AS ta, CAST(${fails} AS DOUBLE) AS tb FROM e), ` +
      `u AS (SELECT unnest(tokens) AS token, generate_subscripts(tokens, 1) AS place, c FROM e), ` +
      `f AS MATERIALIZED (SELECT place, token, row_number() OVER (ORDER BY place, count(*) DESC, token) AS n FROM u GROUP BY place, token ` +
      `HAVING ${holds} >= ${threshold} * (SELECT ta FROM t) OR ${fails} >= ${threshold} * (SELECT tb FROM t)), ` +
      `r AS (SELECT ${numbers.join(', ')}, c FROM e), ` +
      `g AS (SELECT ${names}, ${holds} AS a, ${fails} AS b FROM r GROUP BY ALL), ` +
      `k AS (SELECT CAST(to_json(list(json_array(json_array(${names}), a, b) ORDER BY ${names})) AS VARCHAR) AS rows FROM g), ` +
      `l AS (SELECT from_json(CAST(routine_mine_patterns('difference', ${options}, rows) AS JSON), '["JSON"]') AS l FROM k), ` +
      `m AS (SELECT unnest(l) AS p, generate_subscripts(l, 1) AS id FROM l), ` +
      `s AS (SELECT id, ${text} AS text, CAST(json_extract_string(p, '$[1]') AS DOUBLE) AS a, CAST(json_extract_string(p, '$[2]') AS DOUBLE) AS b, ta, tb FROM m, t) ` +
      `SELECT CAST(a AS BIGINT), CAST(b AS BIGINT), round(100 * a / nullif(ta, 0), 2), round(100 * b / nullif(tb, 0), 2), regexp_replace(text, '( \\*)+$', ' *') FROM s ORDER BY id`
    );
  });
};
