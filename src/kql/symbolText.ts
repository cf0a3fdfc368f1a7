import { listItems, type RawSymbol } from './bridge';
import type { EditorSymbol, RawParameter, RawSignature } from './editorBridge';

/** Kusto.Language's kinds of parameter types, as far as people call them something. */
const kindTexts: Readonly<Record<string, string>> = { Tabular: 'table', Scalar: 'scalar', Parameter0: 'scalar', String: 'string', DynamicArray: 'dynamic' };

/** A line that says what a symbol is: `string` of a column, `(value, roundTo)` of a function, `table of 12 columns`. */
export function describeSymbol(symbol: RawSymbol): string | undefined {
  const { Signatures, Type, Columns } = symbol as EditorSymbol;
  if (Signatures) return listItems(Signatures).map(signatureText).at(0);
  if (Columns) return tableText(symbol);
  if (!Type) return undefined;
  if (Type.Signatures) return listItems(Type.Signatures).map(signatureText).at(0);
  return Type.Columns ? tableText(Type) : Type.Name;
}

/** `(user:string, days:int = …)`. */
export function signatureText(signature: RawSignature): string {
  return `(${listItems(signature.Parameters).map(parameterText).join(', ')})`;
}

export function parameterText({ Name, IsOptional, IsRepeatable, DeclaredTypes }: RawParameter): string {
  const types = listItems(DeclaredTypes).map((type) => kindTexts[type.Name] ?? type.Name);
  const type = types.length === 1 && types[0] !== '' ? `:${types[0] ?? ''}` : '';
  const text = `${Name}${type}`;
  if (IsRepeatable) return `${text}, …`;
  return IsOptional ? `[${text}]` : text;
}

function tableText(symbol: RawSymbol): string {
  const count = symbol.Columns?.Count ?? 0;
  return count === 1 ? 'table of 1 column' : `table of ${count} columns`;
}
