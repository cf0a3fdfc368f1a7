import { characters, hostileText, stringLiteral } from './hostileText';
import type { Random } from './randomness';

/** One to three changes to a real query. */
export function mutated(random: Random, seeds: readonly string[]): string {
  let text = random.pick(seeds);
  for (let count = random.between(1, 3); count > 0; count--) text = change(random, text, seeds);
  return text;
}

const token = /[A-Za-z_][\w-]*|\d+[a-z]*|"[^"\n]*"|'[^'\n]*'|[^\s\w]/gu;

function change(random: Random, text: string, seeds: readonly string[]): string {
  const tokens = [...text.matchAll(token)].map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] }));
  const at = tokens.length > 0 ? random.pick(tokens) : { start: 0, end: 0, text: '' };
  const other = tokens.length > 0 ? random.pick(tokens) : at;
  const replaceWith = (replacement: string): string => text.slice(0, at.start) + replacement + text.slice(at.end);
  switch (random.below(11)) {
    case 0:
      return replaceWith('');
    case 1:
      return replaceWith(`${at.text} ${at.text}`);
    case 2:
      return replaceWith(other.text);
    case 3:
      return replaceWith(stringLiteral(random, hostileText(random)));
    case 4:
      return replaceWith(hostileText(random));
    case 5: {
      const strings = tokens.filter((one) => /^["']/u.test(one.text));
      if (strings.length === 0) return text;
      const chosen = random.pick(strings);
      return text.slice(0, chosen.start) + stringLiteral(random, hostileText(random)) + text.slice(chosen.end);
    }
    case 6:
      return text.slice(0, Math.min(at.start, other.start)) + text.slice(Math.max(at.end, other.end));
    case 7:
      return text.slice(0, at.start) + characters(random, random.between(1, 3)) + text.slice(at.start);
    case 8: {
      const second = random.pick(seeds);
      return text.slice(0, at.start) + second.slice(random.below(second.length));
    }
    case 9: {
      const lines = text.split('\n');
      const line = random.below(lines.length);
      return [...lines.slice(0, line), random.pick(lines), ...lines.slice(line)].join('\n');
    }
    default:
      return text.slice(0, random.below(text.length + 1));
  }
}
