import type { Connection, ServerCapabilities } from 'vscode-languageserver/node';
import type { CompletionList, Hover, Position } from 'vscode-languageserver-types';
import { completions } from './completion';
import { hover } from './hover';
import type { LanguageSettings } from './languageProtocol';
import type { OpenCell, OpenDocuments } from './openDocuments';

/** What features ask the server for. */
export interface FeatureContext {
  readonly documents: OpenDocuments;
  readonly settings: () => LanguageSettings;
  /** Names of all workspaces. */
  readonly workspaces: () => readonly string[];
}

export const serverCapabilities = {
  completionProvider: { triggerCharacters: ['|', '.', '(', ' ', ':', '"'] },
  hoverProvider: true,
} satisfies ServerCapabilities;

/** One line a feature: each is a function of a notebook, a cell and a place. */
export function registerFeatures(connection: Connection, { documents, workspaces }: FeatureContext): void {
  const at = <T>(uri: string, position: Position, find: (open: OpenCell, offset: number) => T): T | null => {
    const open = documents.find(uri);
    return open ? find(open, open.cell.document.offsetAt(position)) : null;
  };
  connection.onCompletion(({ textDocument, position }): CompletionList | null =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => completions(notebook, cell, offset, workspaces())),
  );
  connection.onHover(({ textDocument, position }): Hover | null =>
    at(textDocument.uri, position, ({ notebook, cell }, offset) => hover(notebook, cell, offset) ?? null),
  );
}
