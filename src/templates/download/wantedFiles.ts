/** Which files of a repository are taken, and where they may be written: names come from others. */

/** Files of one copy at most, bytes of one file and of all: a repository of notebooks is far below. */
export const copyLimits = { files: 20_000, fileBytes: 100_000_000, bytes: 1_000_000_000 } as const;

/** What templates need beside themselves: the portal's configuration, dates, MSTICPy's configuration. */
const companions = /^(config\.json|notebookmetadata\.json|msticpyconfig\.yaml(\.sample)?|license(\.\w+)?)$/i;

/**
 * The parts of a file's path when it is one that templates need and is safe to write below a folder on every system: no absolute path, no
 * way out by `..`, no drive, no stream, no device, nothing that git itself would read. Undefined otherwise.
 * @param folders Folders to take; everything when empty.
 */
export function wantedPath(name: string, folders: readonly string[]): readonly string[] | undefined {
  const parts = name.split('/');
  const file = parts.at(-1) ?? '';
  if (!/\.(ipynb|ya?ml)$/i.test(file) && !(parts.length === 1 && companions.test(file))) return undefined;
  if (!parts.every(isSafePart)) return undefined;
  if (parts.length > 1 && folders.length > 0 && !folders.some((folder) => isBelow(parts, folder))) return undefined;
  return parts;
}

function isBelow(parts: readonly string[], folder: string): boolean {
  const wanted = folder.split('/').filter((part) => part !== '');
  return wanted.every((part, index) => parts[index] === part);
}

function isSafePart(part: string): boolean {
  if (part === '' || part === '.' || part === '..' || Buffer.byteLength(part) > 255) return false;
  if (/[\\:*?"<>|\u0000-\u001f\u007f]/.test(part) || /[. ]$/.test(part)) return false;
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part)) return false;
  // As git and file systems that ignore case or certain characters may read it.
  return !/^\.?git(~\d+)?$/i.test(part.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''));
}
