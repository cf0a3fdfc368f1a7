import { formatSeconds } from './report.mjs';

/** Shows that `work` is going on and for how long, then how long it took. On a terminal the seconds count; elsewhere it is one line. */
export async function step(label, work) {
  const start = performance.now();
  const terminal = process.stderr.isTTY === true;
  const elapsed = () => formatSeconds(performance.now() - start);
  if (!terminal) process.stderr.write(`${label} …\n`);
  const timer = terminal ? setInterval(() => process.stderr.write(`\r${label} … ${elapsed()} `), 200) : undefined;
  try {
    const answer = await work();
    process.stderr.write(terminal ? `\r${label}: ${elapsed()}    \n` : `${label}: ${elapsed()}\n`);
    return answer;
  } catch (error) {
    if (terminal) process.stderr.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
