/**
 * `npm run coverage -- --queries FILE [--schemas FILE] [--json OUT] [--record]`: how many real queries the engine runs, on empty tables.
 * `--record` keeps the figures for `docs/kql-support.md`, which `npm run docs:kql` then writes anew.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cover, type CoverageResult, type CoverageVerdict, emptyTables, type RealQuery, type Schemas } from './coverage';
import { knownTable, knownTableNames } from '../../src/workspaces/schemas/knownSchemas';
import { record } from './measurements';
import { withDatabase } from './run';

const { values } = parseArgs({ options: { queries: { type: 'string' }, schemas: { type: 'string' }, json: { type: 'string' }, record: { type: 'boolean' } } });
if (values.queries === undefined) {
  process.stderr.write('Usage: coverage --queries FILE [--schemas FILE] [--json OUT] [--record]\n');
  process.exit(2);
}
const queries = JSON.parse(await readFile(values.queries, 'utf8')) as RealQuery[];
const schemas = values.schemas === undefined ? knownSchemas() : (JSON.parse(await readFile(values.schemas, 'utf8')) as Schemas);
const results = await withDatabase(async (database) => {
  const catalog = await emptyTables(database, schemas);
  const all: CoverageResult[] = [];
  for (const query of queries) all.push(await cover(database, catalog, query));
  return all;
});
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, undefined, 1)}\n`);
for (const { id, verdict, detail } of results) if (verdict === 'failed') process.stdout.write(`failed ${id}: ${detail ?? ''}\n`);
const count = (verdict: CoverageVerdict): number => results.filter((result) => result.verdict === verdict).length;
const times = results.flatMap(({ translateMs }) => (translateMs === undefined ? [] : [translateMs])).sort((a, b) => a - b);
const part = (fraction: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * fraction))] ?? 0).toFixed(0);
process.stdout.write(`parse, bind and translate: median ${part(0.5)} ms, p95 ${part(0.95)} ms, most ${part(1)} ms\n`);
process.stdout.write(
  `ran ${count('ran')} of ${results.length} (${count('syntax')} do not parse, ${count('binding')} do not bind, ${count('unsupported')} unsupported, ${count('failed')} failed)\n`,
);
if (values.record === true) {
  await record({
    kind: 'coverage',
    file: path.basename(values.queries),
    queries: results.length,
    ran: count('ran'),
    syntax: count('syntax'),
    binding: count('binding'),
    unsupported: count('unsupported'),
    failed: count('failed'),
  });
}
const features = new Map<string, number>();
for (const { feature } of results) if (feature !== undefined) features.set(feature, (features.get(feature) ?? 0) + 1);
for (const [feature, uses] of [...features].sort((a, b) => b[1] - a[1])) process.stdout.write(`${String(uses).padStart(6)}  ${feature}\n`);

/** The tables that the product knows by itself. */
function knownSchemas(): Schemas {
  return Object.fromEntries(
    knownTableNames().map((name) => [name, Object.fromEntries((knownTable(name) ?? []).map(({ name: column, type }) => [column, type]))]),
  );
}
