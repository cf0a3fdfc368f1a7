import type { Bench } from './bench';
import { firstPage } from './firstPage';
import { measureInHost } from './host';

/** What a person feels in the real workbench. */
export const benches: readonly Bench[] = [
  {
    name: 'workbench: activation of the extension (baseline: one of VS Code\'s own)',
    unit: 'ms',
    budget: 100,
    run: () => measureInHost('activation'),
  },
  {
    name: 'workbench: longest block of the extension host while 50,000 rows arrive (baseline: 1 row)',
    unit: 'ms',
    budget: 50,
    run: () => measureInHost('eventLoop'),
  },
  {
    name: 'workbench: from a finished result of 50,000 rows to its first page on screen (baseline: 1 row)',
    unit: 'ms',
    budget: 150,
    run: firstPage,
  },
];
