import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';

/** An escape in JSON: a whole pair, half of one, or anything else. */
const escapes = /\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u(?<half>[dD][89a-fA-F][0-9a-fA-F]{2})|[^])/gu;

/** JSON in which halves of surrogate pairs, which are no characters, are written as the replacement character U+FFFD. */
export function withoutHalves(json: string): string {
  return json.replace(escapes, (escape, half: string | undefined) => (half === undefined ? escape : '\\ufffd'));
}

/** Mends a file of rows. JSON may hold halves of surrogate pairs, as JavaScript and .NET write them; the database takes none. */
export async function mendRows(file: string): Promise<void> {
  const mended = `${file}.mended`;
  const handle = await open(mended, 'wx', 0o600);
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
      await handle.write(`${withoutHalves(line)}\n`);
    }
  } finally {
    await handle.close();
  }
  await rename(mended, file);
}
