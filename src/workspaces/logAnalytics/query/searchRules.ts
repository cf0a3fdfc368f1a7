import type { TablePlan } from '../../../common/engineProtocol';
import { HuntError } from '../../../common/errors';
import type { MetadataTable } from '../schema/metadata';
import type { QueryFacts } from './queryFacts';

/** A query that has to go to the `search` endpoint, because of a table of a cheaper plan. */
export interface Search {
  readonly plan: Exclude<TablePlan, 'Analytics'>;
  readonly table: string;
}

/**
 * Tables of the plans Basic and Auxiliary are read by `search` alone. What it refuses is told before it is sent.
 * @param timespan What would be sent beside the query.
 * @returns undefined for a query of ordinary tables.
 * @throws HuntError `refused`
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/basic-logs-query
 */
export function searchOf(
  facts: Pick<QueryFacts, 'tables' | 'query'>,
  tables: readonly MetadataTable[],
  asked: { readonly timespan: string | undefined; readonly alsoIn: readonly string[]; readonly hasResults: boolean },
): Search | undefined {
  const cheap = tables.flatMap(({ name, plan }) => (facts.tables.has(name) && plan !== undefined && plan !== 'Analytics' ? [{ table: name, plan }] : []));
  const [search] = cheap;
  if (!search) return undefined;
  const { table, plan } = search;
  const refuse = (reason: string): never => {
    throw new HuntError({ kind: 'refused', message: `The table ${table} has the plan ${plan}: ${reason}` });
  };
  const others = [...facts.tables].filter((name) => name !== table);
  if (others.length > 0) refuse(`a query of it can read no other table, and this one reads ${others.join(', ')} too. Query ${table} in a cell of its own, name its result, and join that.`);
  if (asked.hasResults) refuse(`a query of it can use no results of other cells. Query ${table} in a cell of its own, name its result, and join that.`);
  if (asked.alsoIn.length > 0) refuse('it is queried in one workspace at a time.');
  const forbidden = facts.query ? [...facts.query.walk()].find(({ kind }) => forbiddenOperators.has(kind)) : undefined;
  if (forbidden) refuse(`its queries cannot use ${forbiddenOperators.get(forbidden.kind) ?? 'this operator'}. Name the result of a plain query, and go on in another cell.`);
  if (asked.timespan === undefined) refuse('its time range stands beside the query, not in it. Add a line such as //| timespan: P1D at the head of the cell.');
  return search;
}

const forbiddenOperators: ReadonlyMap<string, string> = new Map([
  ['JoinOperator', 'join'],
  ['LookupOperator', 'lookup'],
  ['UnionOperator', 'union'],
  ['FindOperator', 'find'],
  ['SearchOperator', 'search'],
  ['ExternalDataExpression', 'externaldata'],
]);
