import type { Expression, SqlExpression } from './expression';
import { macroStatements } from './macros';

/**
 * How large an expression becomes when DuckDB puts the bodies of macros in their places: a macro that writes its argument five times,
 * around one that does the same, around a third, makes 125 of the innermost. Counted in leaves; rather too large than too small.
 */
export function expandedSize(expression: Expression): number {
  if (expression.kind !== 'sql') return 1;
  const known = sizes.get(expression);
  if (known !== undefined) return known;
  let inner = 0;
  for (const part of expression.parts) if (typeof part !== 'string') inner += expandedSize(part);
  const size = 1 + copies(expression) * inner;
  sizes.set(expression, size);
  return size;
}

/** How often the text of an expression writes its parts, at most. */
export function copies(expression: SqlExpression): number {
  let factor = 1;
  for (const part of expression.parts) if (typeof part === 'string') factor *= copiesIn(part);
  return factor;
}

const sizes = new WeakMap<SqlExpression, number>();
const call = /\bkql\.(\w+)\(/g;

function copiesIn(text: string): number {
  let factor = 1;
  for (const [, name = ''] of text.matchAll(call)) factor *= copiesOf(name);
  return factor;
}

interface Macro {
  readonly parameters: readonly string[];
  readonly body: string;
}

let macros: ReadonlyMap<string, Macro> | undefined;
const known = new Map<string, number>();

/** How often a macro writes one of its arguments, at most, the macros in its body included. */
function copiesOf(name: string): number {
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, 1);
  macros ??= new Map(macroStatements().flatMap(readMacro));
  const macro = macros.get(name);
  const most = macro ? Math.max(1, ...macro.parameters.map((parameter) => occurrences(macro.body, parameter))) : 1;
  const nested = macro ? Math.max(1, ...[...macro.body.matchAll(call)].map(([, inner = '']) => copiesOf(inner))) : 1;
  known.set(name, most * nested);
  return most * nested;
}

function readMacro(statement: string): [string, Macro][] {
  const match = /MACRO kql\.(\w+)\(([^)]*)\) AS ([^]*)$/.exec(statement);
  return match ? [[match[1] ?? '', { parameters: (match[2] ?? '').split(',').map((name) => name.trim()), body: match[3] ?? '' }]] : [];
}

function occurrences(body: string, parameter: string): number {
  return parameter === '' ? 0 : (body.match(new RegExp(`\\b${parameter}\\b`, 'g'))?.length ?? 0);
}
