import patterns from 'uap-core/regexes.yaml';
import { routine, type Routine } from './routine';

type Pattern = Readonly<Record<string, string>> & { readonly regex: string };

/** A property of the answer: which replacement of a pattern gives it, and else which group; `$1` and so on stand for groups. */
type Slots = Readonly<Record<string, readonly [replacement: string, group: number]>>;

interface Target {
  /** Its name in the answer. */
  readonly name: string;
  readonly patterns: readonly Pattern[];
  readonly slots: Slots;
}

const targets: Readonly<Record<string, Target>> = {
  browser: {
    name: 'Browser',
    patterns: patterns.user_agent_parsers,
    slots: {
      Family: ['family_replacement', 1],
      MajorVersion: ['v1_replacement', 2],
      MinorVersion: ['v2_replacement', 3],
      Patch: ['v3_replacement', 4],
    },
  },
  os: {
    name: 'OperatingSystem',
    patterns: patterns.os_parsers,
    slots: {
      Family: ['os_replacement', 1],
      MajorVersion: ['os_v1_replacement', 2],
      MinorVersion: ['os_v2_replacement', 3],
      Patch: ['os_v3_replacement', 4],
      PatchMinor: ['os_v4_replacement', 5],
    },
  },
  device: {
    name: 'Device',
    patterns: patterns.device_parsers,
    slots: { Family: ['device_replacement', 1], Brand: ['brand_replacement', 0], Model: ['model_replacement', 1] },
  },
};

const compiled = new Map<Pattern, RegExp>();

function expressionOf(pattern: Pattern): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const expression = new RegExp(pattern.regex, pattern['regex_flag'] ?? '');
  compiled.set(pattern, expression);
  return expression;
}

/** The first pattern that matches says what the text stands for; no pattern is the family `Other`. What is not known is empty. */
function describe(text: string, { patterns: tried, slots }: Target): Readonly<Record<string, string>> {
  for (const pattern of tried) {
    const groups = expressionOf(pattern).exec(text);
    if (!groups) continue;
    const filled = Object.entries(slots).map(([slot, [replacement, group]]) => {
      const template = pattern[replacement];
      const value = template === undefined ? (group === 0 ? '' : groups[group]) : template.replaceAll(/\$(\d)/gu, (_, index) => groups[Number(index)] ?? '').trim();
      return [slot, value ?? ''] as const;
    });
    return Object.fromEntries(filled);
  }
  return Object.fromEntries(Object.keys(slots).map((slot) => [slot, slot === 'Family' ? 'Other' : '']));
}

/** Hundreds of expressions are tried for a text, and most texts come often. */
const REMEMBERED = 5000;
const known = new Map<string, string>();

/** `look_for` is a name or a JSON array of names; null when it is neither. */
function parseUserAgent(text: string, lookFor: string): string | null {
  const wanted = namesOf(lookFor).map((name) => targets[name]);
  if (wanted.length === 0 || wanted.includes(undefined)) return null;
  const found = wanted.flatMap((target) => (target ? [[target.name, describe(text, target)] as const] : []));
  return JSON.stringify(Object.fromEntries(found));
}

function namesOf(lookFor: string): readonly string[] {
  if (!lookFor.startsWith('[')) return [lookFor];
  const names: unknown = JSON.parse(lookFor);
  return Array.isArray(names) ? names.map(String) : [];
}

/** Browser, system and device of a user agent, by the patterns of the uap-core project, which Kusto's documentation shows answers of. */
export const userAgentRoutines: readonly Routine[] = [
  routine('parse_user_agent', 2, (text, lookFor) => {
    if (text === null || lookFor === null) return null;
    const key = `${lookFor} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = parseUserAgent(text, lookFor);
    if (known.size >= REMEMBERED) known.clear();
    if (found !== null) known.set(key, found);
    return found;
  }),
];
