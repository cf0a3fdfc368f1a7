import { type Expression, literal, sql } from '../expression';
import { nest, newColumn, type Plan, type PlanColumn, project, reference } from '../plan';
import type { Translator } from '../translator';

/** The rows with what was found in a text: whether it matches, and a text for each capture, empty or null when it does not. */
export interface Found {
  readonly rows: Plan;
  readonly matched: Expression;
  readonly pieces: readonly Expression[];
}

/** Plain delimiters with one capture, or something skipped, before each. */
export interface Delimited {
  /** The text begins with it. */
  readonly start: string | undefined;
  /** Only the last may reach to the end of the text. */
  readonly steps: readonly { readonly captured: boolean; readonly until: string | undefined }[];
}

const withColumns = ({ ids }: Translator, plan: Plan, added: readonly PlanColumn[]): Plan =>
  project(plan, [...plan.columns.map((planColumn) => ({ ...planColumn, expression: reference(planColumn) })), ...added], ids);

/** By a regular expression with `captures` groups. */
export function byPattern(translator: Translator, input: Plan, text: Expression, regex: Expression, captures: number): Found {
  const fields = Array.from({ length: captures }, (_, index) => `'p${index}'`).join(', ');
  const found = fields === '' ? sql('dynamic')`NULL` : sql('dynamic')`regexp_extract(${text}, ${regex}, [${fields}])`;
  const columns = [newColumn(translator.ids, '', 'dynamic', found), newColumn(translator.ids, '', 'bool', sql('bool')`regexp_matches(${text}, ${regex})`)] as const;
  const [pieces, matched] = columns;
  return {
    rows: nest(withColumns(translator, input, columns), translator.ids),
    matched: reference(matched),
    pieces: Array.from({ length: captures }, (_, index) => sql('string', { notNull: false })`${reference(pieces)}.p${String(index)}`),
  };
}

/**
 * By looking for one delimiter after the other: what a regular expression that takes as little as it can would find, ten times faster.
 * The first place of each delimiter leaves the most for those after it, so there is nothing to go back for.
 */
export function byDelimiters(translator: Translator, input: Plan, text: Expression, { start, steps }: Delimited): Found {
  const { ids } = translator;
  const lengthOf = (delimiter: string): string => String(Array.from(delimiter).length);
  let rows = input;
  let rest = start === undefined ? text : sql('string', { notNull: false })`CASE WHEN starts_with(${text}, ${literal('string', start)}) THEN substring(${text}, ${lengthOf(start)} + 1) END`;
  let matched: Expression = sql('bool')`true`;
  const pieces: Expression[] = [];
  for (const { captured, until } of steps) {
    const held = newColumn(ids, '', 'string', rest);
    rows = withColumns(translator, rows, [held]);
    if (until === undefined) {
      if (captured) pieces.push(reference(held));
      matched = sql('bool')`(${reference(held)} IS NOT NULL)`;
      continue;
    }
    const place = newColumn(ids, '', 'long', sql('long')`nullif(instr(${reference(held)}, ${literal('string', until)}), 0)`);
    rows = withColumns(translator, rows, [place]);
    if (captured) {
      const piece = newColumn(ids, '', 'string', sql('string')`left(${reference(held)}, ${reference(place)} - 1)`);
      rows = withColumns(translator, rows, [piece]);
      pieces.push(reference(piece));
    }
    rest = sql('string')`substring(${reference(held)}, ${reference(place)} + ${lengthOf(until)})`;
    matched = sql('bool')`(${reference(place)} IS NOT NULL)`;
  }
  return { rows: nest(rows, ids), matched, pieces };
}
