import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** KQL cells of the sample notebooks below a repository. */
export function realQueries(root: string): string[] {
  const folder = path.join(root, 'samples/hunts');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ipynb'))
    .sort()
    .flatMap((file) => {
      const notebook = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { readonly cells: readonly { readonly cell_type: string; readonly source: string | readonly string[] }[] };
      return notebook.cells.filter(({ cell_type }) => cell_type === 'code').map(({ source }) => (typeof source === 'string' ? source : source.join('')));
    });
}
