import type { BoundStatement } from './boundStatement';
import { listItems } from './bridge';
import { enumName, kustoEditor } from './editorBridge';

/** A stretch of a statement and what it is. */
export interface Classified {
  /** Kusto.Language's kind: `Column`, `Table`, `Function`, `QueryOperator`, `StringLiteral`, … */
  readonly kind: string;
  readonly start: number;
  readonly length: number;
}

/** Every stretch of a statement that is more than plain text, in order. */
export function classify(statement: BoundStatement): readonly Classified[] {
  if (!statement.code) return [];
  const service = new kustoEditor.KustoCodeService.ctor(statement.code);
  return listItems(service.GetClassifications(0, statement.text.length).Classifications).map(({ Kind, Start, Length }) => ({
    kind: enumName(kustoEditor.ClassificationKind, Kind),
    start: Start,
    length: Length,
  }));
}
