import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import { type StatementDiagnostic, unknownNames } from '../kql/boundStatement';
import { nearestNames } from '../kql/nearestNames';
import { visibleNames } from '../kql/visibleNames';
import type { HintSettings, Replacement } from './hints/hint';
import { huntingHints, SHADOWED_TABLE } from './hints/huntingHints';
import { shadowedTable } from './hints/shadowedTable';
import type { LanguageCell, PlacedStatement } from './languageCell';
import type { LanguageNotebook } from './languageNotebook';

/** Stands before the code of each of our diagnostics. */
export const DIAGNOSTIC_SOURCE = 'Huntbook';

/** What a quick fix needs of a diagnostic: travels in its `data`. */
export interface DiagnosticData {
  /** Names that an unknown name may have meant. */
  readonly nearest?: readonly string[] | undefined;
  /** Of a hint: how its text is to be replaced. */
  readonly replacement?: Replacement | undefined;
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** Looking for a name that was meant takes milliseconds; where more names are unknown, one mistake is behind most of them. */
const MOST_SUGGESTIONS = 2;

/** Errors, warnings and hunting hints of a cell. */
export function diagnostics(notebook: LanguageNotebook, cell: LanguageCell, hints: HintSettings): Diagnostic[] {
  const options = cell.header.errors.map((error): Diagnostic => {
    const span = 'span' in error ? error.span : undefined;
    const message = 'message' in error ? error.message : '';
    const range = rangeOf(cell, span?.start ?? 0, span?.length ?? 0);
    return { source: DIAGNOSTIC_SOURCE, severity: DiagnosticSeverity.Error, message, range };
  });
  let suggestions = 0;
  const suggest = (): boolean => ++suggestions <= MOST_SUGGESTIONS;
  const statements = notebook.statements(cell).flatMap((placed) => [
    ...placed.bound.diagnostics.map((diagnostic) => ofBinder(notebook, cell, placed, diagnostic, suggest)),
    ...huntingHints(placed.bound, { timespan: cell.header.options.timespan !== undefined }, hints).map((hint): Diagnostic => ({
      source: DIAGNOSTIC_SOURCE,
      code: hint.code,
      severity: hint.severity === 'warning' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
      message: hint.message,
      range: rangeOf(cell, placed.range.start + hint.start, hint.length),
      data: {
        replacement: hint.replacement && { ...hint.replacement, start: placed.range.start + hint.replacement.start },
      } satisfies DiagnosticData,
    })),
  ]);
  return [...options, ...shadowing(notebook, cell, hints), ...statements];
}

function shadowing(notebook: LanguageNotebook, cell: LanguageCell, hints: HintSettings): Diagnostic[] {
  const name = hints[SHADOWED_TABLE.name] === false ? undefined : shadowedTable(notebook, cell);
  if (name === undefined) return [];
  return [
    {
      source: DIAGNOSTIC_SOURCE,
      code: SHADOWED_TABLE.code,
      severity: DiagnosticSeverity.Warning,
      message: `The workspace has a table ${name}: the cells after this one see the result instead.`,
      range: rangeOf(cell, 0, cell.header.bodyStart > 0 ? cell.header.bodyStart - 1 : 0),
    },
  ];
}

function ofBinder(
  notebook: LanguageNotebook,
  cell: LanguageCell,
  placed: PlacedStatement,
  found: StatementDiagnostic,
  suggest: () => boolean,
): Diagnostic {
  const { range, bound } = placed;
  const unknown = unknownNames.has(found.code) ? bound.text.slice(found.start, found.start + found.length) : undefined;
  const later = unknown === undefined ? undefined : notebook.definitions().find(({ name }) => name === unknown);
  const nearest = unknown === undefined || later || !suggest() ? [] : nearestNames(unknown, visibleNames(bound, found.code, found.start));
  const advice = later
    ? ` Cell ${later.cell.number} defines it: it has to come first.`
    : nearest.length > 0
      ? ` Did you mean ${nearest.join(', ')}?`
      : '';
  return {
    source: DIAGNOSTIC_SOURCE,
    code: found.code,
    severity: severities[found.severity],
    message: `${found.message}${advice}`,
    range: rangeOf(cell, range.start + found.start, found.length),
    ...(/obsolete|deprecated/iu.test(found.message) ? { tags: [DiagnosticTag.Deprecated] } : {}),
    data: { nearest } satisfies DiagnosticData,
  };
}

/** An empty place is shown on the character beside it. */
export function rangeOf(cell: LanguageCell, start: number, length: number): Diagnostic['range'] {
  const from = length === 0 && start >= cell.text.trimEnd().length ? Math.max(0, start - 1) : start;
  return { start: cell.document.positionAt(from), end: cell.document.positionAt(Math.max(start + length, from + 1)) };
}
