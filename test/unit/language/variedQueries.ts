import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ownCases } from '../../conformance/ownCases';
import { likelyQuery } from '../../fuzz/grammar';
import { Random } from '../../fuzz/randomness';

interface VariedQuery {
  readonly name: string;
  readonly text: string;
}

const hunts = path.join(import.meta.dirname, '../../../samples/hunts');

function huntQueries(): readonly VariedQuery[] {
  return readdirSync(hunts).flatMap((file) => {
    const { cells } = JSON.parse(readFileSync(path.join(hunts, file), 'utf8')) as { cells: { cell_type: string; source: string | string[] }[] };
    const code = cells.filter((cell) => cell.cell_type === 'code');
    return code.map(({ source }, index) => ({ name: `${file}, query ${index + 1}`, text: [source].flat().join('') }));
  });
}

const random = new Random(20261121);
const real = [...huntQueries(), ...ownCases.map(({ id, query }) => ({ name: id, text: query }))];
const made = random.times(Math.max(0, 200 - real.length), () => likelyQuery(random));

/** Two hundred queries: the samples', those that say what KQL means, and random ones; the same on every machine. */
export const variedQueries: readonly VariedQuery[] = [...real, ...made.map((text, index) => ({ name: `random query ${index + 1}`, text }))];
