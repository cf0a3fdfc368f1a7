import { type Routine, routine } from './routine';

const termCharacter = /[\p{L}\p{N}]/u;

/** `has_term(text, wanted, match)`: `true` when an end of the wanted text that is a letter or digit meets the end of a term somewhere. */
export const termRoutines: readonly Routine[] = [
  routine('has_term', 3, (text, wanted, match) => String(hasTerm(text ?? '', wanted ?? '', match ?? 'has'))),
];

function hasTerm(text: string, wanted: string, match: string): boolean {
  if (wanted === '') return true;
  const headCounts = match !== 'hassuffix' && termCharacter.test(firstCharacter(wanted, 0));
  const tailCounts = match !== 'hasprefix' && termCharacter.test(lastCharacter(wanted, wanted.length));
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (headCounts && termCharacter.test(lastCharacter(text, at))) continue;
    if (tailCounts && termCharacter.test(firstCharacter(text, end))) continue;
    return true;
  }
  return false;
}

/** The character that begins at an offset; nothing at the end. */
function firstCharacter(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** The character that ends at an offset; nothing at the start. */
function lastCharacter(text: string, end: number): string {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xdc00 && unit <= 0xdfff ? firstCharacter(text, end - 2) : text.slice(Math.max(0, end - 1), end);
}
