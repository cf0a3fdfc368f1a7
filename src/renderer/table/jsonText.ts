/**
 * Indents JSON without parsing it: parsing would lose digits of large numbers, repeated keys and their order.
 * Text that is not one JSON object or array comes back as it is.
 */
export function indentJson(json: string): string {
  const trimmed = json.trim();
  const first = trimmed[0];
  if (first !== '{' && first !== '[') return json;
  const output: string[] = [];
  let depth = 0;
  let at = 0;
  const newLine = (): void => void output.push('\n', '  '.repeat(Math.min(depth, 40)));
  while (at < trimmed.length) {
    const character = trimmed[at] ?? '';
    if (character === '"') {
      const end = stringEnd(trimmed, at);
      output.push(trimmed.slice(at, end));
      at = end;
      continue;
    }
    at += 1;
    if (character === '{' || character === '[') {
      const next = skipBlanks(trimmed, at);
      const closing = character === '{' ? '}' : ']';
      if (trimmed[next] === closing) {
        output.push(character, closing);
        at = next + 1;
      } else {
        depth += 1;
        output.push(character);
        newLine();
      }
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth < 0) return json;
      newLine();
      output.push(character);
    } else if (character === ',') {
      output.push(',');
      newLine();
    } else if (character === ':') {
      output.push(': ');
    } else if (!isBlank(character)) {
      output.push(character);
    }
  }
  return output.join('');
}

/** The offset after the string literal that starts at `start`; the end of the text when it is not closed. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text[at] ?? '')) at += 1;
  return at;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
