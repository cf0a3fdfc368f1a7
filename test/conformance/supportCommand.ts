/** Writes what the engine supports, from its own tables, into the file that is named. */
import { writeFile } from 'node:fs/promises';
import { supportText } from './support';

const [file] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write('Usage: docs:kql FILE\n');
  process.exit(2);
}
await writeFile(file, supportText());
