/** From the text of a long hunting query to DuckDB SQL: parse, bind, translate; warm, over the schemas of all known tables. */
import { HuntError } from '../../src/common/errors';
import type { Catalog } from '../../src/engine/catalog';
import { translate } from '../../src/engine/translate';
import { analyze } from '../../src/kql/analysis';
import { knownTable, knownTableNames } from '../../src/workspaces/schemas/knownSchemas';
import { type Bench, type Measurement, median } from './bench';
import { shapes } from './engineShapes';
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

/** Processor time, which a busy machine changes less than the time on the wall. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

/**
 * The 95th percentile over the shapes of the engine's bench and long queries, of 60, 120 and 180 lines: each over the schemas of all known
 * tables, each seen for the first time.
 */
function percentile(): Promise<Measurement> {
  const all = catalog();
  translate({ text: longQuery(99), definitions: [], catalog: all, now: NOW });
  const long = [1, 1, 1, 1, 1, 1, 2, 2, 3].map((times, index) => repeated(times, 300 + index * 5));
  const times = [...shapes.map(({ kql }) => kql), ...long].flatMap((text) => {
    try {
      return [cpuMs(() => translate({ text, definitions: [], catalog: all, now: NOW }))];
    } catch (thrown) {
      // Some shapes name columns that only the bench's tables have.
      if (thrown instanceof HuntError && thrown.data.kind === 'unknownName') return [];
      throw thrown;
    }
  });
  times.sort((a, b) => a - b);
  return Promise.resolve({ value: times[Math.floor(times.length * 0.95)] ?? Number.NaN });
}

/** The long query several times, under other names, as one. */
function repeated(times: number, run: number): string {
  const names = /\b(?:lookback|window|minFailures|minAccounts|officeNetworks|privileged|failures|successes|changes|people)\b/gu;
  const copies = Array.from({ length: times }, (_, copy) => longQuery(run + copy).replace(names, (name) => `${name}${copy}`));
  const whole = copies.map((text, copy) => text.replace(/\n(failures\d)\n/u, `\nlet answer${copy} = $1\n`));
  return `${whole.join(';\n')};\nunion ${copies.map((_, copy) => `answer${copy}`).join(', ')}`;
}

/** The baseline is Kusto.Language alone: parsing and binding the same query. */
export const benches: readonly Bench[] = [
  { name: 'translate: 95th percentile of queries up to 200 lines', unit: 'ms CPU', budget: 100, run: percentile },
  { name: 'translate: a query of 60 lines, warm', unit: 'ms', budget: 100, run: translation },
];
