import { type Connection, type ServerCapabilities, ResponseError, LSPErrorCodes } from 'vscode-languageserver/node';
import { CodeActionKind, type Position } from 'vscode-languageserver-types';
import { toHuntError } from '../common/errors';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './callHierarchy';
import { completions, documented } from './completion';
import { formatCell, formatRange } from './formatting';
import { hover } from './hover';
import { inlayHints } from './inlayHints';
import type { LanguageSettings } from './languageProtocol';
import type { OpenCell, OpenDocuments } from './openDocuments';
import { letRefactorings } from './letRefactorings';
import { quickFixes } from './quickFixes';
import { definition, highlights, prepareRename, references, rename } from './references';
import { semanticTokens, tokenLegend } from './semanticTokens';
import { signatureHelp } from './signatureHelp';
import { documentSymbols, foldingRanges, selectionRange } from './structure';
import { valueCompletions, valuePlace } from './valueCompletion';

/** What features ask the server for. */
export interface FeatureContext {
  readonly documents: OpenDocuments;
  readonly settings: () => LanguageSettings;
  /** Names of all workspaces. */
  readonly workspaces: () => readonly string[];
  /** Frequent texts of a column in the results that a notebook shows, as far as they are known in time. */
  readonly valuesOf: (notebookUri: string, column: string) => Promise<readonly string[]>;
}

export const serverCapabilities = {
  completionProvider: { triggerCharacters: ['|', '.', '(', ' ', ':', '"', "'"], resolveProvider: true },
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorExtract, CodeActionKind.RefactorInline] },
  inlayHintProvider: true,
  callHierarchyProvider: true,
  semanticTokensProvider: { legend: { tokenTypes: [...tokenLegend], tokenModifiers: [] }, full: true },
} satisfies ServerCapabilities;

/** One entry a feature: each is a function of a notebook, a cell and a place. */
export function registerFeatures(connection: Connection, { documents, settings, workspaces, valuesOf }: FeatureContext): void {
  /** Answers for a cell; a document that is not open, or a place without anything, has no answer. */
  const inCell = <T>(uri: string, find: (open: OpenCell) => T | undefined): T | null => {
    const open = documents.find(uri);
    return (open && find(open)) ?? null;
  };
  const at = <T>(uri: string, position: Position, find: (open: OpenCell, offset: number) => T | undefined): T | null =>
    inCell(uri, (open) => find(open, open.cell.document.offsetAt(position)));

  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    const open = documents.find(uri);
    if (!open) return null;
    const { notebook, cell } = open;
    const offset = cell.document.offsetAt(position);
    const list = completions(notebook, cell, offset, workspaces());
    const place = valuePlace(notebook, cell, offset);
    if (!place) return list;
    const { wanted } = place;
    const values = wanted.kind === 'watchlist' ? notebook.watchlists(cell) : await valuesOf(documents.ownerOf(uri) ?? uri, wanted.column);
    return { ...list, items: [...valueCompletions(place, values), ...list.items] };
  });
  connection.onCompletionResolve(documented);
  connection.onSignatureHelp(({ textDocument, position }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => signatureHelp(notebook, cell, offset)),
  );
  connection.onHover(({ textDocument, position }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => hover(notebook, cell, offset)),
  );
  connection.onDefinition(({ textDocument, position }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => definition(notebook, cell, offset)),
  );
  connection.onReferences(({ textDocument, position, context }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => references(notebook, cell, offset, context.includeDeclaration)),
  );
  connection.onDocumentHighlight(({ textDocument, position }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => highlights(notebook, cell, offset)),
  );
  connection.onPrepareRename(({ textDocument, position }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => prepareRename(notebook, cell, offset)),
  );
  connection.onRenameRequest(({ textDocument, position, newName }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => refusable(() => rename(notebook, cell, offset, newName))),
  );
  connection.onDocumentSymbol(({ textDocument }) => inCell(textDocument.uri, ({ notebook, cell }) => documentSymbols(notebook, cell)));
  connection.onFoldingRanges(({ textDocument }) => inCell(textDocument.uri, ({ cell }) => foldingRanges(cell)));
  connection.onSelectionRanges(({ textDocument, positions }) =>
    inCell(textDocument.uri, ({ notebook, cell }) =>
      positions.map((position) => selectionRange(notebook, cell, cell.document.offsetAt(position))),
    ),
  );
  connection.onDocumentFormatting(({ textDocument, options }) =>
    inCell(textDocument.uri, ({ notebook, cell }) => formatCell(notebook, cell, options.tabSize)),
  );
  connection.onDocumentRangeFormatting(({ textDocument, range, options }) =>
    inCell(textDocument.uri, ({ notebook, cell }) =>
      formatRange(notebook, cell, cell.document.offsetAt(range.start), cell.document.offsetAt(range.end), options.tabSize),
    ),
  );
  connection.onCodeAction(({ textDocument, range, context }) =>
    inCell(textDocument.uri, ({ notebook, cell }) => [
      ...quickFixes(cell, context.diagnostics),
      ...letRefactorings(notebook, cell, cell.document.offsetAt(range.start), cell.document.offsetAt(range.end)),
    ]),
  );
  connection.languages.callHierarchy.onPrepare(({ textDocument, position }) =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => prepareCallHierarchy(notebook, cell, offset)),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }) => inCell(item.uri, ({ notebook }) => incomingCalls(notebook, item)));
  connection.languages.callHierarchy.onOutgoingCalls(({ item }) => inCell(item.uri, ({ notebook }) => outgoingCalls(notebook, item)));
  connection.languages.inlayHint.on(({ textDocument, range }) =>
    inCell(textDocument.uri, ({ notebook, cell }) =>
      settings().inlayHints === true
        ? inlayHints(notebook, cell, cell.document.offsetAt(range.start), cell.document.offsetAt(range.end))
        : [],
    ),
  );
  connection.languages.semanticTokens.on(
    ({ textDocument }) => inCell(textDocument.uri, ({ notebook, cell }) => semanticTokens(notebook, cell)) ?? { data: [] },
  );
}

/** What is refused is told to people, not logged as a defect. */
function refusable<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new ResponseError(LSPErrorCodes.RequestFailed, toHuntError(thrown).message);
  }
}
