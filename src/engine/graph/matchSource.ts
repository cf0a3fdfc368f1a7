import { type PlanColumn, type Source, sqlName } from '../plan';
import type { Translator } from '../translator';
import type { Conditions } from './conditions';
import { type MatchOptions, MatchWriter } from './matchWriter';
import type { Pattern, PatternElement } from './pattern';

/** The columns of a match. */
export function matchColumns(pattern: Pattern): PlanColumn[] {
  const paths = pattern.edges.filter(({ range }) => range).map(({ inner }) => inner);
  const positions = [...pattern.nodes, ...pattern.edges].map(({ position }) => position);
  return [...positions, ...paths, ...lookedUp(pattern).flatMap(({ rows }) => rows.plan.columns)];
}

/** Elements that have properties: a path has those of its edges. */
function lookedUp(pattern: Pattern): readonly PatternElement[] {
  return [...pattern.nodes, ...pattern.edges.filter(({ range }) => !range)];
}

/** All matches of a pattern: the positions of its elements, and the properties of its nodes and single edges. */
export function matchSource(translator: Translator, pattern: Pattern, conditions: Conditions, options: MatchOptions): Source {
  const looked = lookedUp(pattern);
  return {
    names: new Map(matchColumns(pattern).map(({ id }) => [id, sqlName(id)])),
    render(needed, renderer) {
      const matches = new MatchWriter(translator, renderer, conditions, options).write(pattern);
      const joins = looked.flatMap(({ rows, position }) => {
        const wanted = rows.plan.columns.filter(({ id }) => needed.has(id));
        if (wanted.length === 0) return [];
        const select = renderer.select(rows.plan, new Set([...wanted.map(({ id }) => id), rows.number.id]));
        return [`JOIN (${select}) AS j${translator.ids.next()} ON ${sqlName(position.id)} = ${sqlName(rows.number.id)}`];
      });
      return [`(${matches}) AS m`, ...joins].join(' ');
    },
  };
}
