/**
 * `npm run conformance -- --cases FILE [--json OUT] [--filter TEXT] [--record]`: how many published answers the engine gives.
 * `--record` keeps the figures for `docs/kql-support.md`, which `npm run docs:kql` then writes anew.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { record } from './measurements';
import { type CaseResult, type PublishedCase, runCase, withDatabase } from './run';
import { knownWrong } from './triage';

const { values } = parseArgs({
  options: { cases: { type: 'string' }, json: { type: 'string' }, filter: { type: 'string' }, record: { type: 'boolean' } },
});
if (values.cases === undefined) {
  process.stderr.write('Usage: conformance --cases FILE [--json OUT] [--filter TEXT] [--record]\n');
  process.exit(2);
}
const all = JSON.parse(await readFile(values.cases, 'utf8')) as PublishedCase[];
const cases = all.filter(({ id }) => values.filter === undefined || id.includes(values.filter));
const results = await withDatabase(async (database) => {
  const found: CaseResult[] = [];
  for (const published of cases) found.push(await runCase(database, published));
  return found;
});
for (const { id, verdict, detail, deterministic, publishedWrong } of results) {
  if (verdict === 'matched') {
    if (knownWrong.has(id)) process.stdout.write(`matched     ${id}: so it needs no place in the triage list\n`);
    continue;
  }
  const remark = publishedWrong !== undefined ? ` (published output is wrong: ${publishedWrong})` : deterministic ? '' : ' (depends on chance or time)';
  process.stdout.write(`${verdict.padEnd(11)} ${id}: ${detail ?? ''}${remark}\n`);
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, undefined, 1)}\n`);
const count = (verdict: CaseResult['verdict'], among = results): number => among.filter((result) => result.verdict === verdict).length;
if (values.record === true) {
  const certain = results.filter(({ deterministic }) => deterministic);
  await record({
    kind: 'conformance',
    file: path.basename(values.cases),
    cases: certain.length,
    matched: count('matched', certain),
    unsupported: count('unsupported', certain),
    wrong: certain.filter(({ verdict, publishedWrong }) => verdict === 'wrong' && publishedWrong === undefined).length,
    publishedWrong: certain.filter(({ publishedWrong }) => publishedWrong !== undefined).length,
    failed: count('failed', certain),
  });
}
process.stdout.write(
  `matched ${count('matched')} of ${results.length} (${count('unsupported')} unsupported, ${count('wrong')} wrong, ${count('failed')} failed)\n`,
);
