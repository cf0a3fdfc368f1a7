import * as vscode from 'vscode';
import type { CancellationToken } from '../common/cancellation';
import { HuntError } from '../common/errors';
import { RESULT_MIME, type SavedResult } from '../common/savedResult';
import type { EngineClient } from './engineClient';
import { resultItems } from './outputs';
import type { ResultOrigin } from './resultOrigin';
import type { ScriptQuery } from './scriptRun';
import type { HuntSession } from './session';
import { connectAsked, connectedId } from './vscodeAskedWorkspaces';
import type { ResultPanel, ResultPanels } from './vscodeResultPanels';
import type { RunWish } from './vscodeRunWishes';
import { settingTimespan } from './vscodeTimespan';
import type { Workspaces } from './vscodeWorkspaces';
import { withOperator } from './queryEdit';

/** A query of the file and its place there. Offsets, as it was when it ran. */
interface RanQuery {
  readonly text: string;
  readonly start: number;
}

/**
 * A `.kql` file whose queries run: one result at a time, in one panel. What people choose on the result is done to the query in the file,
 * as long as it stands there unchanged.
 */
export class KqlFile implements ResultOrigin {
  readonly uri: vscode.Uri;
  readonly #engine: EngineClient;
  readonly #workspaces: Workspaces;
  readonly #panels: ResultPanels;
  readonly #run: (place: vscode.Range, wish: RunWish) => Promise<void>;
  #session: Promise<HuntSession> | undefined;
  #panel: ResultPanel | undefined;
  #shown: SavedResult | undefined;
  #ran: RanQuery | undefined;

  /** @param run Runs a query of this file, as its command does. */
  constructor(
    uri: vscode.Uri,
    engine: EngineClient,
    workspaces: Workspaces,
    panels: ResultPanels,
    run: (place: vscode.Range, wish: RunWish) => Promise<void>,
  ) {
    this.uri = uri;
    this.#engine = engine;
    this.#workspaces = workspaces;
    this.#panels = panels;
    this.#run = run;
  }

  /**
   * Runs a query and shows its result.
   * @throws HuntError; its place is the query's.
   */
  async run(
    query: ScriptQuery,
    file: string,
    wish: RunWish,
    token: CancellationToken,
    progress: (sentence: string) => void,
  ): Promise<void> {
    const { readCellOptions } = await import('../kql/cellOptions');
    await connectAsked(this.#workspaces, readCellOptions(query.text).options, this.#workspaces.chosen, token, progress);
    const session = await (this.#session ??= this.#newSession());
    const outcome = await session.run({ key: this.uri.toString(), number: 1, text: query.text, ...wish }, token, progress);
    if (outcome.kind !== 'result') throw new HuntError({ kind: 'refused', message: vscode.l10n.t('There is no query here.') });
    const saved = resultItems(outcome.result, undefined, 'preview').find((item) => item.mime === RESULT_MIME);
    if (!saved) throw new HuntError({ kind: 'internal', message: 'a result has no item' });
    this.#ran = { text: file.slice(query.start, query.end), start: query.start };
    this.#show(saved.json);
  }

  /** The engine has ended, and with it the results. */
  forgetLost(): void {
    this.#session = undefined;
  }

  /** Closes the panel, and forgets its result. */
  dispose(): void {
    this.#panel?.dispose();
  }

  find(resultId: string): SavedResult | undefined {
    return this.#shown?.result.resultId === resultId ? this.#shown : undefined;
  }

  results(): readonly SavedResult[] {
    return this.#shown ? [this.#shown] : [];
  }

  title(): string {
    return vscode.l10n.t('Results of {0}', this.#name);
  }

  async insertQuery(resultId: string, text: string): Promise<void> {
    const { document, range } = await this.#place(resultId);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.uri, document.lineAt(range.end.line).range.end, `\n\n${text}\n`);
    await vscode.workspace.applyEdit(edit);
  }

  async addToQuery(resultId: string, operator: string): Promise<void> {
    const { document, range } = await this.#place(resultId);
    const text = withOperator(document.getText(range), operator);
    if (text === undefined) throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The file has no query there by now.') });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(this.uri, range, text);
    // What is added next is added to this.
    if (await vscode.workspace.applyEdit(edit)) this.#ran = { text, start: document.offsetAt(range.start) };
  }

  async runAgain(resultId: string): Promise<void> {
    const { range } = await this.#place(resultId);
    await this.#run(range, {});
  }

  get #name(): string {
    return this.uri.path.split('/').at(-1) ?? '';
  }

  #show(saved: SavedResult): void {
    this.#shown = saved;
    if (this.#panel) {
      this.#panel.update(saved, this.title());
      this.#panel.reveal(true);
      return;
    }
    const panel = this.#panels.show(saved, this.title(), { origin: this, keepsFocus: true });
    this.#panel = panel;
    panel.onClose(() => {
      this.#panel = undefined;
      this.#shown = undefined;
      this.#forget().catch(() => undefined); // An engine that has ended holds nothing.
    });
  }

  async #forget(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await (await session)?.restart();
  }

  /** Where the query of the shown result stands now. */
  async #place(resultId: string): Promise<{ readonly document: vscode.TextDocument; readonly range: vscode.Range }> {
    const document = await vscode.workspace.openTextDocument(this.uri);
    const ran = this.find(resultId) && this.#ran;
    const start = ran ? nearest(document.getText(), ran) : -1;
    if (!ran || start < 0) {
      throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The query of this result was changed. Run it again.') });
    }
    return { document, range: new vscode.Range(document.positionAt(start), document.positionAt(start + ran.text.length)) };
  }

  async #newSession(): Promise<HuntSession> {
    const { HuntSession: Session } = await import('./session');
    return new Session(this.#engine, {
      defaultWorkspaceId: () => connectedId(this.#workspaces.chosen),
      workspaceNamed: (name) => connectedId(this.#workspaces.named(name)),
      defaultTimespan: () => settingTimespan(this.uri),
      cells: () => new Map(),
    });
  }
}

/** The place of a query that may have moved, the nearest to where it was. -1: it is not there any more. */
function nearest(text: string, { text: query, start }: RanQuery): number {
  if (text.startsWith(query, start)) return start;
  const before = text.lastIndexOf(query, start);
  const after = text.indexOf(query, start);
  if (before < 0 || after < 0) return Math.max(before, after);
  return start - before < after - start ? before : after;
}
