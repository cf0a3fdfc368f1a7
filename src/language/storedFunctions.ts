import type { Location } from 'vscode-languageserver-types';
import { kqlComment, kqlName } from '../common/kqlLiterals';
import type { KqlFunction } from '../kql/globals';

/** Scheme of read-only documents that show a stored function: `huntbook-function:/<workspace>/<name>.kql`. */
export const FUNCTION_SCHEME = 'huntbook-function';

/** The function as a statement that could define it. */
export function storedFunctionText({ name, parameters, body, description }: KqlFunction): string {
  const list = parameters.trim().replace(/^\(([^]*)\)$/u, '$1');
  const inside = body.trim().replace(/^\{([^]*)\}$/u, '$1').trim();
  const comment = description === undefined || description.trim() === '' ? '' : `${kqlComment(description)}\n`;
  return `${comment}let ${kqlName(name)} = (${list})\n{\n${inside}\n};\n`;
}

/** Where the name of a stored function stands in its document. */
export function storedLocation(workspace: string, stored: KqlFunction): Location {
  const lines = storedFunctionText(stored).split('\n');
  const line = lines.findIndex((candidate) => candidate.startsWith('let '));
  const start = { line, character: 'let '.length };
  const end = { line, character: start.character + kqlName(stored.name).length };
  return { uri: storedFunctionUri(workspace, stored.name), range: { start, end } };
}

function storedFunctionUri(workspace: string, name: string): string {
  return `${FUNCTION_SCHEME}:/${encodeURIComponent(workspace)}/${encodeURIComponent(name)}.kql`;
}

/** The workspace and the function of such a document. @param path Decoded once, as editors give it. */
export function readFunctionPath(path: string): { readonly workspace: string; readonly name: string } | undefined {
  const found = /^\/([^]*)\/([^/]*)\.kql$/u.exec(path);
  return found ? { workspace: found[1] ?? '', name: found[2] ?? '' } : undefined;
}
