/** Markdown of notebooks, as people and tools write it: mixed with HTML, and with details that fold. */

/** Texts of people are shorter; what is longer is cut, so that no text, however it is made, takes long to read. */
const LONGEST_CELL = 16_000;
const LONGEST_TEXT = 2_000;

const entities: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/**
 * Headings of HTML become those of Markdown, `<br>` a line end that stays one; other tags, comments, scripts and styles go. What is left
 * is Markdown.
 */
export function withoutHtml(markdown: string): string {
  return markdown
    .slice(0, LONGEST_CELL)
    .replace(/\r\n?/g, '\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<h([1-6])\b[^>]*>([\s\S]*?)<\/h\1\s*>/gi, (_all, level: string, text: string) => heading(Number(level), text))
    .replace(/<summary\b[^>]*>[\s\S]*?<\/summary\s*>/gi, '\n')
    .replace(/[ \t]*(?:<br\s*\/?>[ \t]*\n?|<\/br\s*>)/gi, '  \n')
    .replace(/<\/(p|div|li|ul|ol|details)\s*>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '- ')
    .replace(/<\/?[a-z][^<>]*>|<![^<>]*>/gi, '')
    .replace(/&(nbsp|amp|lt|gt|quot|#39);/g, (_all, name: string) => entities[name] ?? '');
}

/** One line of text without Markdown's marks, for tree items and tooltips. */
export function plainText(markdown: string): string {
  return tagless(markdown.slice(0, LONGEST_TEXT))
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(^|\W)_+(?=\S)|(?<=\S)_+(?=\W|$)/g, '$1')
    .replace(/[*`]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function heading(level: number, text: string): string {
  return `\n${'#'.repeat(level)} ${tagless(text).trim()}\n`;
}

function tagless(text: string): string {
  return text.replace(/<[^<>]*>/g, '');
}
