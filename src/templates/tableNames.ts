import { knownTableNames } from '../workspaces/schemas/knownSchemas';

/** Spellings by which authors name a table: its own in any case, its plural, and usual other names. */
let bySpelling: ReadonlyMap<string, string> | undefined;

const otherNames: Readonly<Record<string, string>> = {
  bookmarks: 'HuntingBookmark',
  threatindicator: 'ThreatIntelligenceIndicator',
  signinevents: 'SigninLogs',
};

/** Words that are tables' names and in prose mean something else. */
const ambiguous = new Set(['event', 'alert', 'update', 'usage', 'operation', 'perf', 'watchlist', 'anomalies']);

/** Names of tables in a text in words, in the order of the text. Custom tables (`…_CL`) count wherever they stand. */
export function tablesInText(text: string): readonly string[] {
  const words = [...text.matchAll(/[A-Za-z_]\w*/g)].map(([word]) => word);
  // "Security Alerts", "Signin Logs": two words of prose for one name.
  const found = words.map((word, index) => tableOfWord(word) ?? pairedTable(text, word, words[index + 1]));
  return [...new Set(found.filter((name) => name !== undefined))];
}

/** Tables that KQL in the text reads: names at the head of a pipe, which may be within Python's strings or magic. */
export function tablesInQueries(code: string): readonly string[] {
  const heads = [...code.matchAll(/(?<![\w.])([A-Z]\w{2,})\s*(?:\\n\s*)*\|(?!\|)/g)].map((match) => exactTable(match[1] ?? ''));
  const unions = [...code.matchAll(/\b(?:union|from)\s+(?:[\w=]+\s+)*?([A-Z]\w+(?:\s*,\s*[A-Z]\w+)*)/g)]
    .flatMap((match) => (match[1] ?? '').split(/\s*,\s*/))
    .map(exactTable);
  const found = [...new Set([...heads, ...unions].filter((name) => name !== undefined))];
  return found.sort((left, right) => code.indexOf(left) - code.indexOf(right));
}

function tableOfWord(word: string): string | undefined {
  if (/^\w+_CL$/.test(word)) return word;
  const lower = word.toLowerCase();
  if (ambiguous.has(lower)) return undefined;
  const singular = lower.replace(/s$/, '');
  if (ambiguous.has(singular)) return undefined;
  const spellings = tables();
  return spellings.get(lower) ?? otherNames[lower] ?? spellings.get(singular);
}

function pairedTable(text: string, word: string, next: string | undefined): string | undefined {
  return next !== undefined && text.includes(`${word} ${next}`) ? tableOfWord(`${word}${next}`) : undefined;
}

function exactTable(word: string): string | undefined {
  if (/^\w+_CL$/.test(word)) return word;
  const known = tables().get(word.toLowerCase());
  return known === word ? known : undefined;
}

function tables(): ReadonlyMap<string, string> {
  return (bySpelling ??= new Map(knownTableNames().map((name) => [name.toLowerCase(), name])));
}
