/**
 * Runs inside the extension host: the tests of this folder (`*.test.ts`, with `suite` and `test` from 'mocha' and the real `vscode`), with
 * the product under development and a copy of the samples open. `npm run test:integration -- <part of a name>` runs some of them.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

interface TestReport {
  readonly name: string;
  readonly ok: boolean;
  readonly message?: string | undefined;
}

/** VS Code calls this. What happened goes to the file named by HUNTBOOK_TEST_REPORT. */
export async function run(): Promise<void> {
  const reports: TestReport[] = [];
  const grep = process.env['HUNTBOOK_TEST_FILTER'];
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: 'min', ...(grep ? { fgrep: grep } : {}) });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => reports.push({ name: test.fullTitle(), ok: true }));
    runner.on('fail', (test, error: unknown) => reports.push({ name: test.fullTitle(), ok: false, message: describe(error) }));
  });
  writeFileSync(process.env['HUNTBOOK_TEST_REPORT'] ?? 'report.json', JSON.stringify(reports));
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
