import { parseArguments, usage, UsageError } from './cli/arguments';
import { runCommand, type Terminal } from './cli/runCommand';
import { stripCommand } from './cli/stripCommand';
import { CancellationSource } from './common/cancellation';

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  progress: (sentence) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${sentence}`);
  },
  width: process.stdout.isTTY ? process.stdout.columns : 160,
};

async function main(): Promise<number> {
  try {
    const given = parseArguments(process.argv.slice(2));
    if (given.kind === 'help') {
      terminal.out(usage);
      return 0;
    }
    if (given.kind === 'strip') return await stripCommand(given, terminal);
    const interrupt = new CancellationSource();
    process.once('SIGINT', () => {
      interrupt.cancel();
    });
    return await runCommand(given, terminal, interrupt.token);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    terminal.error(`${thrown.message}\nhuntbook --help says what can be written.\n`);
    return 2;
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (thrown: unknown) => {
    terminal.error(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    process.exitCode = 2;
  },
);
