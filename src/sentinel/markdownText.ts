/**
 * Text of incidents as Markdown that shows the text and nothing else: titles, entities and comments can be written by an attacker. No
 * formatting, no HTML, no links, not even the ones that Markdown renderers make of bare addresses; what cannot be seen is made visible.
 */

/** One line of text. Words that a renderer would turn into a link (addresses of any kind) stand in code spans. */
export function markdownText(text: string, maxLength = 300): string {
  return oneLine(text, maxLength).split(' ').map(markdownWord).join(' ');
}

/** Text in a code span, as it is. */
export function markdownCode(text: string, maxLength = 300): string {
  const content = oneLine(text, maxLength);
  if (content === '') return '';
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${content}${padding}${fence}`;
}

/** Text of several lines as a block quote; at most so many characters of it. */
export function markdownQuote(text: string, maxLength = 2000): string {
  const { kept, note } = cut(text, maxLength);
  const lines = kept.split(/\r\n?|\n/).map((line) => `> ${markdownLine(line, maxLength)}`.trimEnd());
  return [...lines, ...(note === '' ? [] : ['>', `> *${note}*`])].join('\n');
}

function markdownLine(line: string, maxLength: number): string {
  // What would start a list, a heading by underlining, or a rule.
  return markdownText(line, maxLength).replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}

function markdownWord(word: string): string {
  const [, before = '', middle = '', after = ''] = /^([("'[<]*)(.*?)([)\]"'>.,;:!?]*)$/u.exec(word) ?? [];
  if (!looksLikeLink.test(middle)) return escape(word);
  return `${escape(before)}${markdownCode(middle)}${escape(after)}`;
}

const looksLikeLink = /\/\/|@|\bwww\.|\b(?:mailto|command|data|file|javascript|vscode):|[\p{L}\p{N}]\.[\p{L}\p{N}]/iu;

function escape(text: string): string {
  return text
    .replace(/[\\`*_[\]#|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

function oneLine(text: string, maxLength: number): string {
  const { kept, note } = cut(text, maxLength);
  const line = kept.replace(/\s+/g, ' ').trim().replace(unseen, (character) => `⟨U+${codeOf(character)}⟩`);
  return note === '' ? line : `${line} … (${note})`;
}

function cut(text: string, maxLength: number): { readonly kept: string; readonly note: string } {
  if (text.length <= maxLength) return { kept: text, note: '' };
  return { kept: text.slice(0, maxLength), note: `cut, ${text.length} characters in all` };
}

/** Controls, direction and zero-width characters, and halves of surrogate pairs that stand alone. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
