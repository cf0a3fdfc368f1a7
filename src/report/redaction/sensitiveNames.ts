import { entityOfColumn } from '../../common/entityColumns';
import type { ResultInfo } from '../../common/engineProtocol';
import type { KqlType, WireValue } from '../../common/kqlTypes';
import { readStatements } from '../../notebook/letStatements';
import type { RedactedKind } from './redactor';

/** Told of each name that is found. */
export type Found = (kind: RedactedKind, name: string) => void;

/** Which names a column, a parameter or a property holds, by what it is called. */
function kindOf(name: string, type: KqlType = 'string'): RedactedKind | undefined {
  switch (entityOfColumn({ name, type })) {
    case 'Account':
    case 'Mailbox':
      return 'account';
    case 'Host':
      return 'host';
    case 'Ip':
      return 'ip';
    default:
      return /^(sid|.*sid|accountobjectid|objectid|displayname)$/i.test(name) ? 'account' : undefined;
  }
}

/** The names in a result's rows, also inside `dynamic` values. */
export function namesInResult({ columns, preview }: ResultInfo, found: Found): void {
  for (const [index, { name, type }] of columns.entries()) {
    const kind = kindOf(name, type);
    for (const row of preview.rows) namesInValue(row[index] ?? null, type, kind, found);
  }
}

function namesInValue(value: WireValue, type: KqlType, kind: RedactedKind | undefined, found: Found): void {
  if (typeof value !== 'string') return;
  const structured = type === 'dynamic' || /^\s*[[{]/.test(value) ? parsed(value) : undefined;
  if (structured !== undefined) namesInJson(structured, kind, found);
  else if (kind !== undefined) found(kind, value);
}

function namesInJson(value: unknown, kind: RedactedKind | undefined, found: Found): void {
  if (typeof value === 'string') {
    if (kind !== undefined) found(kind, value);
  } else if (Array.isArray(value)) {
    for (const one of value) namesInJson(one, kind, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) namesInJson(one, kindOf(key) ?? kind, found);
  }
}

const literal = String.raw`@?(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')`;
const comparison = new RegExp(String.raw`([A-Za-z_]\w*)\s*(?:[=!]=|[=!]~|!?(?:has|contains|startswith|endswith|in|hasprefix|hassuffix)(?:_cs|_any|_all)?~?)\s*\(?\s*((?:${literal}\s*,?\s*)+)`, 'g');
const literals = new RegExp(literal, 'g');

/** The names that a query writes out: values of parameters, and what columns are compared with. */
export function namesInQuery(text: string, found: Found): void {
  const collect = (kind: RedactedKind | undefined, code: string): void => {
    if (kind === undefined) return;
    for (const [quoted] of code.matchAll(literals)) found(kind, unquoted(quoted));
  };
  for (const { name, value } of readStatements(text).lets) collect(kindOf(name), value);
  for (const [, name = '', values = ''] of text.matchAll(comparison)) collect(kindOf(name), values);
}

/** The name in the value of a parameter that was given for the run. */
export function namesInParameter(name: string, value: string, found: Found): void {
  const kind = kindOf(name);
  if (kind === undefined) return;
  const structured = parsed(value);
  if (structured === undefined) found(kind, value);
  else namesInJson(structured, kind, found);
}

function unquoted(text: string): string {
  const verbatim = text.startsWith('@');
  const inner = text.slice(verbatim ? 2 : 1, -1);
  return verbatim ? inner : inner.replace(/\\(.)/g, '$1');
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
