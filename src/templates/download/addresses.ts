import type { RemoteSource } from '../../common/templates';

/** The public address that a mirror stands for. */
const PUBLIC_HOST = 'https://github.com/';

/** Where a source is fetched from: at the mirror, when there is one and the source is at the host it mirrors. */
export function fetchAddress(source: RemoteSource, mirror: string): string {
  if (mirror === '' || !source.url.startsWith(PUBLIC_HOST)) return source.url;
  return `${mirror.replace(/\/+$/, '')}/${source.url.slice(PUBLIC_HOST.length)}`;
}

/** Where the files of a git repository can be had as an archive, by the ways of the usual hosts; undefined elsewhere. */
export function archiveAddress(url: string, ref = 'HEAD'): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  if (protocol !== 'https:') return undefined;
  const repository = pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  const name = repository.split('/').at(-1) ?? '';
  if (repository.split('/').length < 3) return undefined;
  const encoded = ref.split('/').map(encodeURIComponent).join('/');
  if (/(^|\.)gitlab\./i.test(host)) return `https://${host}${repository}/-/archive/${encoded}/${name}.tar.gz`;
  // GitHub, GitHub Enterprise, Gitea, and mirrors that are laid out the same.
  return `https://${host}${repository}/archive/${encoded}.tar.gz`;
}
