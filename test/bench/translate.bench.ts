/** From the text of a long hunting query to DuckDB SQL: parse, bind, translate; warm, over the schemas of all known tables. */
import type { Catalog } from '../../src/engine/catalog';
import { translate } from '../../src/engine/translate';
import { analyze } from '../../src/kql/analysis';
import { knownTable, knownTableNames } from '../../src/workspaces/schemas/knownSchemas';
import { type Bench, type Measurement, median } from './bench';
import { longQuery } from './longQuery';

const NOW = 638_500_000_000_000_000n;
const RUNS = 15;

function catalog(): Catalog {
  const tables = knownTableNames().map((name) => ({ name, columns: knownTable(name) ?? [], relation: `"${name}"`, timeColumn: 'TimeGenerated' }));
  return { tables, functions: [], watchlists: [] };
}

async function translation(): Promise<Measurement> {
  const all = catalog();
  for (let run = 0; run < 3; run++) translate({ text: longQuery(100 + run), definitions: [], catalog: all, now: NOW });
  let run = 0;
  const value = await median(RUNS, () => Promise.resolve(translate({ text: longQuery(run++), definitions: [], catalog: all, now: NOW })));
  const baseline = await median(RUNS, () => Promise.resolve(analyze(longQuery(200 + run++), all)));
  return { value, baseline };
}

/** The baseline is Kusto.Language alone: parsing and binding the same query. */
export const benches: readonly Bench[] = [
  { name: 'translate: a query of 60 lines, warm', unit: 'ms', budget: 100, run: translation },
];
