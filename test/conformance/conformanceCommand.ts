/** `npm run conformance -- --cases FILE [--json OUT] [--filter TEXT]`: how many published answers the engine gives. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type CaseResult, type PublishedCase, runCase, withDatabase } from './run';
import { knownWrong } from './triage';

const { values } = parseArgs({ options: { cases: { type: 'string' }, json: { type: 'string' }, filter: { type: 'string' } } });
if (values.cases === undefined) {
  process.stderr.write('Usage: conformance --cases FILE [--json OUT] [--filter TEXT]\n');
  process.exit(2);
}
const cases = (JSON.parse(await readFile(values.cases, 'utf8')) as PublishedCase[]).filter(({ id }) => values.filter === undefined || id.includes(values.filter));
const results = await withDatabase(async (database) => {
  const all: CaseResult[] = [];
  for (const published of cases) all.push(await runCase(database, published));
  return all;
});
for (const { id, verdict, detail, deterministic } of results) {
  if (verdict === 'matched') continue;
  const triage = knownWrong.get(id);
  const remark = triage ? ` (published output is wrong: ${triage})` : deterministic ? '' : ' (depends on chance or time)';
  process.stdout.write(`${verdict.padEnd(11)} ${id}: ${detail ?? ''}${remark}\n`);
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, undefined, 1)}\n`);
const count = (verdict: CaseResult['verdict']): number => results.filter((result) => result.verdict === verdict).length;
process.stdout.write(`matched ${count('matched')} of ${results.length} (${count('unsupported')} unsupported, ${count('wrong')} wrong, ${count('failed')} failed)\n`);
