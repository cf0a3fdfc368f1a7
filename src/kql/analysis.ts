import { HuntError, type HuntErrorData, type TextSpan } from '../common/errors';
import { kusto, listItems, type RawCode, type RawDiagnostic } from './bridge';
import { isGraphMistake } from './graphMistakes';
import { refuseBinary, refuseLongCases } from './limits';
import { builtInFunctionNames, globalsOf, type KqlSchema, pluginNames } from './globals';
import { nearestNames } from './nearestNames';
import { KqlNode } from './node';
import { spanIn } from './spans';

/** A parsed and bound text. */
export interface Analysis {
  readonly text: string;
  readonly root: KqlNode;
  /** Errors in order of their position; a tree is only whole without any. */
  readonly errors: readonly HuntErrorData[];
  readonly warnings: readonly { readonly message: string; readonly span: TextSpan }[];
}

/** The binder's and DuckDB's time grows with the cube of the depth. Of thousands of real queries the deepest has 12 brackets. */
const MAX_NESTING = 64;
/** Each describes itself with names that are near, which takes its time. */
const MOST_ERRORS = 50;

/**
 * Parses and binds KQL.
 * @throws HuntError `query` when the text cannot be analysed at all.
 */
export function analyze(text: string, schema: KqlSchema): Analysis {
  refuseDeepNesting(text);
  const globals = globalsOf(schema);
  const parsed = guarded(text, () => kusto.KustoCode.Parse(text, globals));
  const syntax = guarded(text, () => listItems(parsed.GetSyntaxDiagnostics())).filter(isError);
  // What does not parse need not be bound: its other errors would mislead, and its tree has holes.
  if (syntax.length === 0) refuseLongCases(new KqlNode(parsed.Syntax), text);
  const code = syntax.length === 0 ? guarded(text, () => parsed.Analyze(globals)) : parsed;
  const diagnostics = syntax.length === 0 ? guarded(text, () => listItems(code.GetDiagnostics())) : syntax;
  const root = new KqlNode(code.Syntax);
  const errors = diagnostics
    .filter((diagnostic) => isError(diagnostic) && !isGraphMistake(diagnostic, root))
    .sort((a, b) => a.Start - b.Start)
    .slice(0, MOST_ERRORS);
  return {
    text,
    root,
    errors: errors.map((diagnostic) => describe(diagnostic, text, schema, root)),
    warnings: diagnostics
      .filter((diagnostic) => diagnostic.Severity === 'Warning')
      .map((diagnostic) => ({ message: diagnostic.Message, span: spanIn(text, diagnostic.Start, diagnostic.Length) })),
  };
}

const isError = (diagnostic: RawDiagnostic): boolean => diagnostic.Severity === 'Error';

/** Parses without binding. Syntax errors stay in the tree. */
export function parse(text: string): KqlNode {
  refuseDeepNesting(text);
  return new KqlNode(guarded(text, () => kusto.KustoCode.Parse(text, null)).Syntax);
}

/** Errors of grammar alone. */
export function syntaxErrors(text: string): HuntErrorData[] {
  refuseDeepNesting(text);
  const code: RawCode = guarded(text, () => kusto.KustoCode.Parse(text, null));
  return listItems(code.GetSyntaxDiagnostics())
    .slice(0, MOST_ERRORS)
    .map((diagnostic) => queryError(diagnostic, text));
}

function guarded<T>(text: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof RangeError) {
      throw new HuntError({ kind: 'query', message: 'The query is nested too deeply.', span: spanIn(text, 0, 0) }, { cause: thrown });
    }
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new HuntError({ kind: 'query', message: `The query cannot be analysed: ${reason}`, span: spanIn(text, 0, 0) }, { cause: thrown });
  }
}

/** @throws HuntError `query`: the parser's time grows with the square of the depth, and its stack ends. */
export function refuseDeepNesting(text: string): void {
  refuseBinary(text);
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_NESTING) throw new HuntError({ kind: 'query', message: 'The query is nested too deeply.', span: spanIn(text, index, 1) });
  }
}

function queryError(diagnostic: RawDiagnostic, text: string): HuntErrorData {
  return { kind: 'query', message: diagnostic.Message, span: spanIn(text, diagnostic.Start, diagnostic.Length), code: diagnostic.Code };
}

const unknownNameCodes: Readonly<Record<string, 'table' | 'column' | 'function' | 'name'>> = {
  KS142: 'name',
  KS204: 'table',
  KS211: 'function',
  KS124: 'function',
};

function describe(diagnostic: RawDiagnostic, text: string, schema: KqlSchema, root: KqlNode): HuntErrorData {
  const what = unknownNameCodes[diagnostic.Code];
  const quoted = /'([^']*)'/u.exec(diagnostic.Message)?.[1];
  if (!what || quoted === undefined) return queryError(diagnostic, text);
  const columns = columnsInScope(root, diagnostic.Start);
  const isColumn = what === 'name' && columns.length > 0;
  const known = {
    table: () => [...schema.tables.map((table) => table.name), ...declaredNames(root)],
    function: () => (diagnostic.Code === 'KS124' ? pluginNames(schema) : [...builtInFunctionNames(schema), ...schema.functions.map((fn) => fn.name), ...declaredNames(root)]),
    column: () => columns,
    name: () => [...columns, ...declaredNames(root), ...schema.tables.map((table) => table.name)],
  }[what]();
  return {
    kind: 'unknownName',
    name: quoted,
    what: isColumn ? 'column' : what,
    nearest: nearestNames(quoted, new Set(known)),
    span: spanIn(text, diagnostic.Start, diagnostic.Length),
  };
}

/** Columns of the tables that flow into the operator around a position. */
export function columnsInScope(root: KqlNode, position: number): string[] {
  const names = new Set<string>();
  for (const node of root.walk()) {
    if (node.kind !== 'PipeExpression') continue;
    const operator = node.child('Operator');
    if (!operator || position < operator.start || position > operator.start + operator.length) continue;
    for (const column of node.child('Expression')?.columns ?? []) names.add(column.name);
    for (const column of operator.kind === 'JoinOperator' ? (operator.child('Expression')?.columns ?? []) : []) names.add(column.name);
  }
  return [...names];
}

function declaredNames(root: KqlNode): string[] {
  const names: string[] = [];
  for (const node of root.walk()) if (node.kind === 'NameDeclaration' && node.simpleName) names.push(node.simpleName);
  return names;
}
