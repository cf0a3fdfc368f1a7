import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Figures of a run of `npm run conformance`, over the cases whose answer does not depend on chance or time. */
export interface ConformanceFigures {
  readonly kind: 'conformance';
  readonly file: string;
  readonly cases: number;
  readonly matched: number;
  readonly unsupported: number;
  readonly wrong: number;
  /** Differs from a published output that is itself wrong. */
  readonly publishedWrong: number;
  readonly failed: number;
}

/** Figures of a run of `npm run coverage`. */
export interface CoverageFigures {
  readonly kind: 'coverage';
  readonly file: string;
  readonly queries: number;
  readonly ran: number;
  readonly syntax: number;
  readonly binding: number;
  readonly unsupported: number;
  readonly failed: number;
}

export type Figures = ConformanceFigures | CoverageFigures;
export type Measurement = Figures & { /** `2024-05-31`. */ readonly date: string };

/** Where the recorded figures are, as the bundled commands see it. */
const file = path.resolve(import.meta.dirname, '../../test/conformance/measurements.json');

/** Keeps the figures of a file, in place of earlier ones of the same file. */
export async function record(figures: Figures): Promise<void> {
  const known = JSON.parse(await readFile(file, 'utf8')) as Measurement[];
  const others = known.filter((measured) => measured.kind !== figures.kind || measured.file !== figures.file);
  const date = new Date().toISOString().slice(0, 10);
  const measurements = [...others, { ...figures, date }].sort((a, b) => (`${a.kind} ${a.file}` < `${b.kind} ${b.file}` ? -1 : 1));
  await writeFile(file, `${JSON.stringify(measurements, undefined, 2)}\n`);
}

/** A line of the table "Measured". */
export function measuredLine(measured: Measurement): string {
  const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  if (measured.kind === 'conformance') {
    const { cases, matched, unsupported, wrong, publishedWrong, failed } = measured;
    const figures = `${matched} of ${cases} match (${percent(matched, cases)}), ${unsupported} unsupported, ${failed} failed, ${wrong} wrong (${percent(wrong, cases)}), ${publishedWrong} published wrong`;
    return `| published examples, those that depend on chance or time left out | ${figures} | \`npm run conformance -- --cases ${measured.file}\` | ${measured.date} |`;
  }
  const { queries, ran, syntax, binding, unsupported, failed } = measured;
  const bound = queries - syntax - binding;
  const figures = `${ran} of the ${bound} that bind run (${percent(ran, bound)}), ${unsupported} unsupported, ${failed} failed; ${syntax} do not parse, ${binding} do not bind`;
  return `| ${queries} real hunting queries, on empty tables | ${figures} | \`npm run coverage -- --queries ${measured.file}\` | ${measured.date} |`;
}
