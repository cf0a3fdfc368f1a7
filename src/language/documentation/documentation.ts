import { functionSummaries } from './functions';
import { operatorSummaries } from './operators';

const SITE = 'https://learn.microsoft.com/kusto/query/';

/** One sentence on an operator or a built-in function, and where Microsoft's documentation says more; undefined for other words. */
export function documentationOf(name: string): string | undefined {
  const found = [operatorSummaries, functionSummaries].find((table) => Object.hasOwn(table, name))?.[name];
  return found && `${found.summary}\n\n[${name} in the documentation](${SITE}${found.page})`;
}
