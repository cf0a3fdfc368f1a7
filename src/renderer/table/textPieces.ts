/**
 * Splits text into what can be shown as it is and what must be made visible: control and format characters
 * (RTL override, zero-width space, byte order mark …), with which an attacker makes a value look like another.
 */
export interface TextPiece {
  readonly kind: 'plain' | 'hidden' | 'hit';
  readonly text: string;
}

/** Controls, formats, line and paragraph separators, lone surrogates, and blanks that pretend to be nothing. */
const hiddenOne = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2800\u3164\uFFA0]/u;
const hiddenAll = new RegExp(hiddenOne.source, 'gu');

const familiar: Readonly<Record<string, string>> = { '\n': '↵', '\r': '␍', '\t': '⇥' };

/** Whether the text holds anything that {@link textPieces} would show in another way. */
export function hasHidden(text: string): boolean {
  return hiddenOne.test(text);
}

/**
 * @param needle text to mark wherever it occurs, ignoring case; '' marks nothing
 * @param keepLines leaves line breaks and tabs as they are, for text that is shown in many lines
 */
export function textPieces(text: string, needle = '', keepLines = false): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(hiddenAll)) {
    const [character] = match;
    if (keepLines && (character === '\n' || character === '\t')) continue;
    if (match.index > from) pushMarked(pieces, text.slice(from, match.index), needle);
    pieces.push({ kind: 'hidden', text: hiddenName(character) });
    from = match.index + character.length;
  }
  if (from < text.length) pushMarked(pieces, text.slice(from), needle);
  return pieces;
}

/** The text with hidden characters spelled out, for places that hold plain text alone. */
export function visibleText(text: string): string {
  return hasHidden(text)
    ? textPieces(text)
        .map((piece) => piece.text)
        .join('')
    : text;
}

function hiddenName(character: string): string {
  if (Object.hasOwn(familiar, character)) return familiar[character] ?? '';
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

function pushMarked(pieces: TextPiece[], text: string, needle: string): void {
  const wanted = needle.toLowerCase();
  const lower = text.toLowerCase();
  // Lower-casing may change the length of exotic text; marks would then be off, so there are none.
  if (wanted === '' || lower.length !== text.length) {
    pieces.push({ kind: 'plain', text });
    return;
  }
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) pieces.push({ kind: 'plain', text: text.slice(from, at) });
    pieces.push({ kind: 'hit', text: text.slice(at, at + wanted.length) });
    from = at + wanted.length;
  }
  if (from < text.length) pieces.push({ kind: 'plain', text: text.slice(from) });
}
