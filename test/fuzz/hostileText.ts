import type { Random } from './randomness';
import { hostileTexts } from './vocabulary';

/** A short text that is made to hurt. */
export function hostileText(random: Random): string {
  return random.times(random.between(0, 4), () => (random.chance(0.6) ? random.pick(hostileTexts) : characters(random, random.between(0, 12)))).join(random.chance(0.5) ? '' : ' ');
}

/** Any UTF-16 code units, many of them of the first 128. */
export function characters(random: Random, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += String.fromCharCode(random.chance(0.8) ? random.below(128) : random.below(0x10000));
  return text;
}

/** The text as a KQL string literal of one of its forms. A verbatim one cannot hold every text, then it is another text. */
export function stringLiteral(random: Random, text: string): string {
  switch (random.below(5)) {
    case 0:
      return `"${escaped(text, '"')}"`;
    case 1:
      return `'${escaped(text, "'")}'`;
    case 2:
      return `@'${text.replaceAll("'", "''")}'`;
    case 3:
      return `@"${text.replaceAll('"', '""')}"`;
    default:
      return `h'${escaped(text, "'")}'`;
  }
}

/** Escapes as KQL's quoted strings want it. */
export function escaped(text: string, quote: string): string {
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    const code = text.charCodeAt(index);
    if (char === '\\' || char === quote) result += `\\${char}`;
    else if (code < 32 || code === 127 || (code >= 0xd800 && code <= 0xdfff) || code === 0x2028 || code === 0x2029) result += `\\u${code.toString(16).padStart(4, '0')}`;
    else result += char;
  }
  return result;
}

/** A name in brackets. */
export function bracketed(random: Random, text: string): string {
  return random.chance(0.5) ? `['${escaped(text, "'")}']` : `["${escaped(text, '"')}"]`;
}
