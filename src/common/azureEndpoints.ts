import { type AzureEndpoints, azureClouds } from './azure';
import { HuntError } from './errors';

const names = Object.keys(azureClouds.public) as readonly (keyof AzureEndpoints)[];

/**
 * Reads the endpoints of a cloud that is none of Microsoft's public ones, from a setting or a file: every one must be given, for a token
 * must not go where nobody named.
 * @param source What to name in messages.
 * @throws HuntError `refused` that names what is missing or wrong.
 */
export function readEndpoints(value: unknown, source: string): AzureEndpoints {
  const given: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {};
  const read = names.map((name) => [name, endpoint(name, given[name])] as const);
  const wrong = read.filter(([, text]) => text === undefined).map(([name]) => name);
  if (wrong.length === 0) return Object.fromEntries(read) as unknown as AzureEndpoints;
  const message = `${source} must give ${wrong.join(', ')}: an https address, or for a scope a text that ends with "/.default".`;
  throw new HuntError({ kind: 'refused', message });
}

function endpoint(name: keyof AzureEndpoints, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (name.endsWith('Scope')) return /^[a-z]+:\/\/\S+\/\.default$/u.test(value) ? value : undefined;
  return URL.canParse(value) && new URL(value).protocol === 'https:' ? value.replace(/\/+$/u, '') : undefined;
}
