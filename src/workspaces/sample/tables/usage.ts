import type { Generation } from '../generation';
import { DAY, DAYS_OF_DATA, HOUR, MINUTE } from '../storyTime';
import type { TableRows } from '../tableRows';

/** What a row of each table takes, in bytes, about. */
const rowBytes = 1_400;

interface TableCount {
  readonly name: string;
  readonly count: number;
}

/** Usage: how much each of the other tables took, hour by hour. */
export function usage(generation: Generation, tables: readonly TableCount[]): TableRows {
  const rows = generation.rows('Usage', {
    QuantityUnit: 'MBytes',
    Solution: 'SecurityInsights',
    IsBillable: true,
    Plan: 'Analytics',
    SourceSystem: 'OMS',
    BatchesOutsideSla: 0,
    BatchesCapped: 0,
  });
  const random = generation.random('usage');
  for (const table of tables) {
    const perHour = table.count / (DAYS_OF_DATA * 24);
    for (let time = -DAYS_OF_DATA * DAY; time + HOUR < DAY; time += HOUR) {
      const busy = 0.4 + 0.9 * Math.max(0, Math.sin((((time / HOUR) % 24) / 24) * Math.PI * 2 - 1.2)) + random.between(0, 0.3);
      const batches = random.whole(5, 60);
      rows.add(time + HOUR + 4 * MINUTE, {
        AvgLatencyInSeconds: Math.round(random.between(2, 40) * 100) / 100,
        BatchesWithinSla: batches,
        DataType: table.name,
        EndTime: time + HOUR,
        Quantity: Math.round(perHour * busy * rowBytes) / 1_000_000,
        StartTime: time,
        TotalBatches: batches,
      });
    }
  }
  return rows;
}
