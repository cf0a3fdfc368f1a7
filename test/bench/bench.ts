/**
 * A bench is one figure of `npm run bench`. To add one, export it in the `benches` list of any `test/bench/<area>.bench.ts`:
 *
 *     export const benches: readonly Bench[] = [
 *       { name: 'kql: translate a 60-line query, warm', unit: 'ms', budget: 100, run: async () => ({ value: await median(20, work) }) },
 *     ];
 *
 * `npm run bench -- translate` runs the benches whose name contains "translate". They run one after another in one Node process;
 * a bench which needs the real workbench starts it itself (see `workbench.bench.ts`).
 */
export interface Bench {
  /** `area: what is measured`; people filter by it. */
  readonly name: string;
  /** `ms`, `KB`, `rows/s`, … */
  readonly unit: string;
  /** The most that is good, in `unit`; the least, when more is better. Without it the figure is shown and never fails. */
  readonly budget?: number;
  /** The most that `value / baseline` may be. */
  readonly ratioBudget?: number;
  /** Default `lower`. */
  readonly better?: 'lower' | 'higher';
  readonly run: () => Promise<Measurement>;
}

export interface Measurement {
  /** In the bench's unit. */
  readonly value: number;
  /** The same work done the plain way in the same run, in the same unit: hand-written SQL, the bare host, an empty loop. */
  readonly baseline?: number;
}

/** The median of how long `work` takes, in milliseconds, over `times` runs after one run that does not count. */
export async function median(times: number, work: () => unknown): Promise<number> {
  await work();
  const durations: number[] = [];
  for (let run = 0; run < times; run++) {
    const start = performance.now();
    await work();
    durations.push(performance.now() - start);
  }
  durations.sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)] ?? Number.NaN;
}
