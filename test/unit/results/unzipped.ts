import { text } from 'node:stream/consumers';
import { openPromise } from 'yauzl';

/** The texts of a zip file by their names. */
export async function unzipped(file: string): Promise<Readonly<Record<string, string>>> {
  const zip = await openPromise(file);
  const parts: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) parts[entry.fileName] = await text(await zip.openReadStreamPromise(entry));
  return parts;
}
