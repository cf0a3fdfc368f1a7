import { createHash } from 'node:crypto';
import path from 'node:path';
import { BUNDLED_SOURCE, type TemplateSource } from '../common/templates';
import { isObject, type JsonObject, textAt, textsAt } from './notebookJson';

export interface ReadSources {
  readonly sources: readonly TemplateSource[];
  /** Entries of the setting that cannot be used, and why; for people. */
  readonly problems: readonly string[];
}

/** What paths in the setting are resolved against. */
export interface SourcePlaces {
  readonly home: string;
  /** The opened folder. */
  readonly workspaceFolder: string | undefined;
}

/** Reads the setting `huntbook.templates.sources`. What cannot be used is left out and named. */
export function readSources(setting: unknown, places: SourcePlaces): ReadSources {
  const sources = new Map<string, TemplateSource>();
  const problems: string[] = [];
  for (const entry of Array.isArray(setting) ? setting : []) {
    const source = isObject(entry) ? readSource(entry, places) : 'it is not an object';
    if (typeof source === 'string') problems.push(`${JSON.stringify(entry).slice(0, 120)}: ${source}.`);
    else if (!sources.has(source.key)) sources.set(source.key, source);
  }
  return { sources: [...sources.values()], problems };
}

/** @returns a source, or why there is none. */
function readSource(entry: JsonObject, places: SourcePlaces): TemplateSource | string {
  const kind = textAt(entry, 'kind');
  const name = textAt(entry, 'name');
  const url = textAt(entry, 'url');
  const folders = textsAt(entry, 'folders').map((folder) => folder.replace(/^\/+|\/+$/g, ''));
  switch (kind) {
    case 'bundled':
      return { kind, key: BUNDLED_SOURCE, name: name || 'Huntbook' };
    case 'workspaceQueries':
      return { kind, key: 'workspaceQueries', name: name || 'Hunting queries of the workspace' };
    case 'folder': {
      const folder = resolved(textAt(entry, 'path'), places);
      return folder === undefined ? 'it needs an absolute "path", or an opened folder for a relative one' : { kind, key: key(kind, folder), name: name || path.basename(folder), path: folder };
    }
    case 'git': {
      if (url === '') return 'it needs a "url"';
      const ref = textAt(entry, 'ref');
      const identity = [url, ref, ...folders].join('\n');
      return { kind, key: key(kind, identity), name: name || repositoryName(url), url, ...(ref === '' ? {} : { ref }), folders };
    }
    case 'archive':
      if (!/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1)[:/]/i.test(url)) return 'it needs a "url" that begins with https://';
      return { kind, key: key(kind, [url, ...folders].join('\n')), name: name || repositoryName(url), url, folders };
    default:
      return `"${kind}" is no kind of source`;
  }
}

/** Usable as a folder's name on every system, and different for different sources. */
function key(kind: string, identity: string): string {
  const name = repositoryName(identity.split('\n')[0] ?? '').replace(/[^\w-]+/g, '-').slice(0, 40);
  return `${kind}-${name}-${createHash('sha256').update(identity).digest('hex').slice(0, 8)}`.toLowerCase();
}

function repositoryName(url: string): string {
  const last = url.split(/[?#]/)[0]?.split(/[/\\:]/).filter((part) => part !== '').at(-1) ?? url;
  return last.replace(/\.(git|zip|tar\.gz|tgz)$/i, '');
}

function resolved(given: string, { home, workspaceFolder }: SourcePlaces): string | undefined {
  if (given === '') return undefined;
  if (given === '~' || /^~[/\\]/.test(given)) return path.join(home, given.slice(1));
  if (path.isAbsolute(given)) return path.normalize(given);
  return workspaceFolder === undefined ? undefined : path.join(workspaceFolder, given);
}
