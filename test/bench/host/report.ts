import { writeFileSync } from 'node:fs';
import type { Measurement } from '../bench';

export function report(measurement: Measurement): void {
  writeFileSync(process.env['HUNTBOOK_BENCH_REPORT'] ?? 'report.json', JSON.stringify(measurement));
}
