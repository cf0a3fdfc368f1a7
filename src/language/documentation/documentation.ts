import { operatorSummaries } from './operators';

const SITE = 'https://learn.microsoft.com/kusto/query/';

/** One sentence on an operator or a function, and where Microsoft's documentation says more; undefined for other words. */
export function documentationOf(name: string): string | undefined {
  const operator = Object.hasOwn(operatorSummaries, name) ? operatorSummaries[name] : undefined;
  return operator && `${operator.summary}\n\n[${name} in the documentation](${SITE}${operator.page})`;
}
