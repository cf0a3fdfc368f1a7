import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { DataProblem } from '../../common/engineProtocol';
import { kqlLiteral } from '../../common/kqlLiterals';
import type { CatalogFunction } from '../../engine/catalog';
import { syntaxErrors } from '../../kql/analysis';
import { splitStatements } from '../../kql/statements';

/** A file of a folder's `functions` folder. */
export interface FunctionFile {
  readonly path: string;
  /** How messages name it. */
  readonly name: string;
  readonly bytes: number;
  readonly modified: number;
}

/** Endings of the files that hold functions. */
export const functionEnding = /\.(?:kql|csl|ya?ml)$/iu;

/**
 * Reads stored functions. A `.kql` file is either `let` statements alone, each a function of the workspace (with parameters and
 * defaults, or without), or a query, which becomes the body of a function named like the file. A `.yaml` file is a parser as Microsoft
 * Sentinel's repository has them: `FunctionAlias` or `FunctionName` with `FunctionQuery`, or `ParserName` with `ParserParams` and
 * `ParserQuery`; `EquivalentBuiltInParser` names it a second time. Of equal names the first file's counts.
 */
export async function readFunctions(
  files: readonly FunctionFile[],
): Promise<{ readonly functions: readonly CatalogFunction[]; readonly problems: readonly DataProblem[] }> {
  const functions = new Map<string, CatalogFunction>();
  const problems: DataProblem[] = [];
  for (const file of files) {
    const text = (await readFile(file.path, 'utf8')).replace(/^\uFEFF/, '');
    const isYaml = /\.ya?ml$/iu.test(file.path);
    const read = isYaml ? ofYaml(text) : ofKql(text, path.basename(file.path).replace(functionEnding, ''));
    if (typeof read === 'string') {
      problems.push({ file: file.name, message: read });
      continue;
    }
    for (const found of read) {
      const message = `The function ${found.name} is defined in another file, too; that one counts.`;
      if (functions.has(found.name)) problems.push({ file: file.name, message });
      else functions.set(found.name, found);
    }
  }
  return { functions: [...functions.values()], problems };
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/u;

/** The functions, or what is wrong. */
function ofKql(text: string, name: string): CatalogFunction[] | string {
  const [error] = syntaxErrors(text);
  if (error) return `The function cannot be read: ${'message' in error ? error.message : error.kind}`;
  const { lets, others, queries } = splitStatements(text);
  if (queries.length === 0 && others.length === 0) {
    const declared = lets.map((statement) => declaration(statement.name, statement.text));
    const odd = declared.find((found) => typeof found === 'string');
    return odd ?? (declared.length === 0 ? 'The file holds no function.' : declared.filter((found) => typeof found !== 'string'));
  }
  if (!identifier.test(name)) return `"${name}" is no name for a function: use letters, digits and _ in the name of the file.`;
  return [{ name, parameters: '()', body: `{ ${text.trim().replace(/;$/u, '')}\n}` }];
}

/** `let name = [view] (parameters) { body }` in two; names are in the order of the file, so one can call those before it. */
function declaration(name: string, text: string): CatalogFunction | string {
  const value = text.replace(/^let\s+\S+?\s*=\s*(?:view\s*)?/u, '');
  const end = closing(value);
  const body = value.slice(end).trim();
  if (!value.startsWith('(') || !body.startsWith('{')) return `${name} is no function: write let ${name} = (parameters) { query };`;
  return { name, parameters: value.slice(0, end), body };
}

/** Offset after the parenthesis that closes the first. */
function closing(text: string): number {
  let depth = 0;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== undefined) {
      if (character === '\\') at++;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return at + 1;
  }
  return 0;
}

function ofYaml(text: string): CatalogFunction[] | string {
  let document: unknown;
  try {
    document = parseYaml(text);
  } catch (thrown) {
    return `The file is not YAML: ${thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown)}`;
  }
  const fields = asRecord(document);
  const names = ['FunctionAlias', 'FunctionName', 'ParserName', 'EquivalentBuiltInParser'].flatMap((key) => textOf(fields[key]) ?? []);
  const query = textOf(fields['FunctionQuery']) ?? textOf(fields['ParserQuery']);
  if (names.length === 0 || query === undefined) return 'The file has no FunctionAlias with FunctionQuery, and no ParserName with ParserQuery.';
  const [error] = syntaxErrors(query);
  if (error) return `The query cannot be read: ${'message' in error ? error.message : error.kind}`;
  const listed: unknown = fields['ParserParams'] ?? fields['FunctionParameters'] ?? [];
  const parameters = typeof listed === 'string' ? `(${listed})` : `(${(Array.isArray(listed) ? listed : []).map(parameterOf).join(', ')})`;
  const body = `{ ${query.trim().replace(/;$/u, '')}\n}`;
  return [...new Set(names)].filter((name) => identifier.test(name)).map((name) => ({ name, parameters, body }));
}

/** `{Name, Type, Default}`; the default of a string stands without quotes. */
function parameterOf(entry: unknown): string {
  const { Name: name, Type: type, Default: byDefault } = asRecord(entry);
  const declared = `${textOf(name) ?? ''}:${textOf(type) ?? 'string'}`;
  const value = typeof byDefault === 'number' || typeof byDefault === 'boolean' ? String(byDefault) : textOf(byDefault);
  if (value === undefined) return declared;
  const isQuoted = /^["'].*["']$/su.test(value);
  return `${declared}=${type === 'string' && !isQuoted ? kqlLiteral(value, 'string') : value}`;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
