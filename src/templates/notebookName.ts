import { readdir } from 'node:fs/promises';
import { HuntError, toHuntError } from '../common/errors';

export const NOTEBOOK_EXTENSION = '.ipynb';

/** File systems allow 255 bytes; the rest is room for the extension and a temporary file's marks. */
const MAX_NAME_BYTES = 200;

/** Names of devices on Windows, reserved there with any extension. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * Says why a name (with or without `.ipynb`) cannot be a notebook's on every system, or nothing when it can. A notebook made on Linux is
 * to be cloned on Windows: the strictest rules hold everywhere.
 * @see https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
export function nameProblem(name: string): string | undefined {
  const stem = withoutExtension(name);
  if (stem === '') return 'it is empty.';
  if (/[/\\]/.test(name)) return 'it has a path separator. Choose the folder separately.';
  const reserved = /[<>:"|?*]/.exec(stem);
  if (reserved) return `it has a ${reserved[0]}, which Windows does not allow.`;
  if (/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(stem)) return 'it has characters that cannot be seen.';
  if (stem !== stem.trim()) return 'it begins or ends with a space.';
  if (stem.startsWith('.')) return 'it begins with a dot: such files are hidden.';
  if (stem.endsWith('.')) return 'it ends with a dot.';
  if (deviceName.test(stem)) return 'Windows keeps it for a device.';
  if (Buffer.byteLength(stem) > MAX_NAME_BYTES) return `it is longer than ${MAX_NAME_BYTES} bytes.`;
  return undefined;
}

/** The file's name with its extension. @throws HuntError `badName` */
export function notebookFileName(name: string): string {
  const message = nameProblem(name);
  if (message !== undefined) throw new HuntError({ kind: 'badName', name, message });
  return `${withoutExtension(name)}${NOTEBOOK_EXTENSION}`;
}

/**
 * A name (without extension) that no file of the folder has, upper and lower case being the same: `base`, else `base-2`, `base-3`, …
 * A folder that does not exist yet has no files.
 * @throws HuntError `storage` when the folder cannot be read.
 */
export async function defaultName(folder: string, base: string): Promise<string> {
  const taken = new Set((await fileNames(folder)).map((name) => name.toLowerCase()));
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(`${name}${NOTEBOOK_EXTENSION}`.toLowerCase())) return name;
  }
}

async function fileNames(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    const error = toHuntError(thrown);
    if (error.data.kind === 'storage' && error.data.reason === 'missing') return [];
    throw error;
  }
}

function withoutExtension(name: string): string {
  return name.toLowerCase().endsWith(NOTEBOOK_EXTENSION) ? name.slice(0, -NOTEBOOK_EXTENSION.length) : name;
}
