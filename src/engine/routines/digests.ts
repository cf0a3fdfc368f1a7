import { parseTimespan } from '../literalText';
import { readJson, type Json } from './jsonText';
import { routine, type Routine } from './routine';

/**
 * The state of `tdigest()`: all distinct values in order and how often each stands, `[["long"],[values],[weights]]`. Azure's has the same
 * parts, but joins neighbours to keep it small; here percentiles are exact.
 */
interface Digest {
  readonly type: string;
  /** As JSON. */
  readonly values: readonly string[];
  readonly weights: readonly number[];
}

const scalarText = (json: Json | undefined): string => (json && json.kind !== 'object' && json.kind !== 'array' ? json.text : 'null');

function readDigest(text: string | null): Digest | undefined {
  const json = text === null ? undefined : readJson(text);
  if (json?.kind !== 'array' || json.items.length !== 3) return undefined;
  const [type, values, weights] = json.items.map((part) => (part.kind === 'array' ? part.items.map(scalarText) : undefined));
  const name = type?.[0];
  if (name === undefined || !values || values.length !== weights?.length) return undefined;
  return { type: name.replaceAll('"', ''), values, weights: weights.map(Number) };
}

function writeDigest({ type, values, weights }: Digest): string {
  return `[["${type}"],[${values.join(',')}],[${weights.join(',')}]]`;
}

/** Compares two values, written as JSON, in the order of their type. */
function ordering(type: string): (a: string, b: string) => number {
  const key = (json: string): bigint | number | string => {
    if (/^-?\d+$/u.test(json)) return BigInt(json);
    if (type === 'timespan') return parseTimespan(JSON.parse(json) as string) ?? 0n;
    return type === 'datetime' || type === 'string' ? json : Number(json.replaceAll('"', ''));
  };
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

/** Several digests, or values with their weights in any order, as one. */
function merged(type: string, parts: readonly Pick<Digest, 'values' | 'weights'>[]): Digest {
  const counts = new Map<string, number>();
  for (const { values, weights } of parts) {
    values.forEach((value, index) => counts.set(value, (counts.get(value) ?? 0) + (weights[index] ?? 0)));
  }
  const compare = ordering(type);
  const values = [...counts].filter(([, weight]) => weight > 0).sort(([a], [b]) => compare(a, b));
  return { type, values: values.map(([value]) => value), weights: values.map(([, weight]) => weight) };
}

const total = ({ weights }: Digest): number => weights.reduce((sum, weight) => sum + weight, 0);

/** The smallest value that at least this part of the weight does not exceed (nearest rank). */
function percentile(digest: Digest, percent: number): string | undefined {
  const wanted = (total(digest) * percent) / 100;
  let sum = 0;
  return digest.values.find((_, index) => (sum += digest.weights[index] ?? 0) >= wanted) ?? digest.values.at(-1);
}

/** How much weight the values up to this one have. */
function rank(digest: Digest, value: string): number {
  const compare = ordering(digest.type);
  return digest.values.reduce((sum, each, index) => (compare(each, value) <= 0 ? sum + (digest.weights[index] ?? 0) : sum), 0);
}

/** Percentiles of a digest; the percents are a JSON array. */
function percentiles(digest: Digest, percents: string | null): string[] {
  const json = readJson(percents ?? '[]');
  const list = json.kind === 'array' ? json.items : [json];
  return list.map((percent) => percentile(digest, Number(scalarText(percent).replaceAll('"', ''))) ?? 'null');
}

export const digestRoutines: readonly Routine[] = [
  /** Values and weights as JSON arrays. */
  routine('digest', 3, (type, values, weights) => {
    if (values === null || weights === null) return null;
    const [all, counts] = [readJson(values), readJson(weights)].map((json) => (json.kind === 'array' ? json.items.map(scalarText) : []));
    return writeDigest(merged(type ?? 'real', [{ values: all ?? [], weights: (counts ?? []).map(Number) }]));
  }),
  /** Of a JSON array of digests; nulls are left out. */
  routine('merged_digest', 1, (digests) => {
    const json = digests === null ? undefined : readJson(digests);
    const list = json?.kind === 'array' ? json.items : [];
    const parts = list.map((item) => readDigest(item.kind === 'array' ? arrayText(item.items) : null)).filter((digest) => digest !== undefined);
    const [first] = parts;
    return first ? writeDigest(merged(first.type, parts)) : null;
  }),
  routine('digest_percentiles', 2, (state, percents) => {
    const digest = readDigest(state);
    return digest && digest.values.length > 0 ? `[${percentiles(digest, percents).join(',')}]` : null;
  }),
  /** With a value as JSON. */
  routine('digest_rank', 2, (state, value) => {
    const digest = readDigest(state);
    return digest && value !== null ? String(rank(digest, value)) : null;
  }),
  routine('digest_percent_rank', 2, (state, value) => {
    const digest = readDigest(state);
    return digest && value !== null ? String((rank(digest, value) * 100) / total(digest)) : null;
  }),
];

function arrayText(items: readonly Json[]): string {
  return `[${items.map((item) => (item.kind === 'array' ? arrayText(item.items) : scalarText(item))).join(',')}]`;
}
