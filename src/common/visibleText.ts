import type { KqlType, WireValue } from './kqlTypes';

/**
 * Makes characters visible that would steer a terminal or turn the reading direction: C0 and C1 controls, bidirectional marks and
 * zero-width characters become `\u{…}`. Values come from attackers; what people see must be what is there.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu, (character) => {
    if (character === '\n') return '\u21B5';
    if (character === '\t') return '\u21E5';
    return character === '\r' ? '' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** A value as people read it where it is only looked at: a time without the zeros after its seconds, null as undefined. */
export function displayText(value: WireValue, type: KqlType): string | undefined {
  if (value === null) return undefined;
  return type === 'datetime' ? String(value).replace(/\.?0+Z$/, 'Z') : String(value);
}

/** As {@link visibleText}, for text of several lines: line ends and tabs stay. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.split('\t').map(visibleText).join('\t'))
    .join('\n');
}

/** At most `length` UTF-16 code units, with an ellipsis when cut; never half a surrogate pair. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = isHighSurrogate(text.charCodeAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}\u2026`;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
