import type { Found, HintRule } from './hint';

/** `search` (or `find`) without tables reads every table of the workspace. */
export const searchEverywhere: HintRule = {
  code: 'HB103',
  name: 'searchEverywhere',
  *find(statement): Generator<Found> {
    for (const node of statement.nodes) {
      if (node.kind !== 'SearchOperator' && node.kind !== 'FindOperator') continue;
      // Behind a pipe it searches what flows in.
      if (node.child('InClause') || pipedInto(statement.text, node.start)) continue;
      const word = node.kind === 'SearchOperator' ? 'search' : 'find';
      yield {
        severity: 'warning',
        message: `\`${word}\` without tables reads every table of the workspace. Name the tables: \`${word} in (SigninLogs, AuditLogs) …\`.`,
        start: node.start,
        length: word.length,
      };
    }
  },
};

function pipedInto(text: string, start: number): boolean {
  return text.slice(0, start).trimEnd().endsWith('|');
}
