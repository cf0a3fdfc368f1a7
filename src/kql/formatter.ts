import { kustoEditor, type RawFormattingOptions } from './editorBridge';
import type { KqlScope } from './kqlScope';
import { kqlTokens } from './statementRanges';

/**
 * Lays KQL out as the Azure portal does: a line an operator, unless the whole pipe stands on one. Comments stay. Text that would come
 * out with other words than it went in with (Kusto.Language repairs broken text) is given back as it is.
 * @param indent Spaces.
 */
export function formatKql(text: string, scope: KqlScope, indent: number): string {
  const options = kustoEditor.FormattingOptions.Default as RawFormattingOptions;
  const service = new kustoEditor.KustoCodeService.$ctor1(text, scope.globals);
  const formatted = service.GetFormattedText(options.WithIndentationSize(indent).WithInsertMissingTokens(false)).Text;
  // Spaces at the ends of lines come from comments; the text of strings over several lines is not touched by that.
  return sameWords(text, formatted) ? formatted : text;
}

function sameWords(left: string, right: string): boolean {
  return words(left) === words(right);
}

/** Everything but white space between tokens, and spaces at the end of comments. */
function words(text: string): string {
  const parts: string[] = [];
  for (const token of kqlTokens(text)) {
    const kept = token.kind === 'comment' ? token.text.trimEnd() : token.text;
    if (kept.trim() !== '') parts.push(kept);
  }
  return parts.join('\u0000');
}
