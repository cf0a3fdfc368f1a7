import * as vscode from 'vscode';
import type { SavedResult } from '../common/savedResult';
import { wholeView } from '../common/resultViews';
import { toHuntError } from '../common/errors';
import { findingComment, type FindingComment, type FindingPart } from '../sentinel/findingComment';
import { lineOfData } from '../views/dataText';
import { type Command, field, textField } from './command';
import type { Findings, LinkedIncident } from './findings';
import { pickIncident } from './incidentPick';
import { untilWritten } from './retry';

/** Rows of a table that a comment can show at most. */
const ROWS = 50;

/**
 * Writes selected cells of a notebook (texts as they are, results as tables) as a comment on its incident. Takes the cell whose menu it is,
 * or `{cells, number, how, link}`: indexes of cells; the incident when it is not the notebook's own; `write`, or `edit` to put it into the
 * comment box of the incident's page; where the notebook or its report can be read. Asks for what is missing.
 */
export class CommentFromNotebook implements Command {
  readonly id = 'huntbook.commentFromNotebook';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const editor = vscode.window.activeNotebookEditor;
    if (!editor) return;
    const { notebook } = editor;
    const cells = cellsOf(editor, given);
    const parts = (await Promise.all(cells.map((cell) => this.#part(cell)))).flat();
    if (parts.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The selected cells have neither text nor a result.'));
      return;
    }
    const incident = await this.#incident(notebook, given);
    if (!incident) return;
    const plain = findingComment(parts, sourceOf(notebook, ''));
    const choice = await howToWrite(plain, incident.number, given);
    const link = choice === 'link' ? await askLink() : (textField(given, 'link') ?? '');
    if (choice === undefined || link === undefined) return;
    const comment = link === '' ? plain : findingComment(parts, sourceOf(notebook, link));
    const how = choice === 'link' ? 'write' : choice;
    if (how === 'edit') this.#findings.pages.draft(incident.workspaceId, incident.number, incident.title, comment.message);
    else await this.#write(notebook, incident, comment);
  }

  async #write(notebook: vscode.NotebookDocument, incident: LinkedIncident, { message }: FindingComment): Promise<void> {
    const { writer } = this.#findings;
    const target = await writer.target({ number: incident.number, workspaceId: incident.workspaceId });
    if (!target) return;
    if (!(await untilWritten(() => writer.comment(target, message)))) return;
    const text = lineOfData(message).slice(0, 100);
    await this.#findings.record(notebook, incident.workspaceId, { what: 'comment', text, incidentNumber: incident.number });
  }

  async #part(cell: vscode.NotebookCell): Promise<readonly FindingPart[]> {
    if (cell.kind === vscode.NotebookCellKind.Markup) {
      const markdown = cell.document.getText();
      return markdown.trim() === '' ? [] : [{ kind: 'text', markdown }];
    }
    const saved = this.#findings.shown.of(cell);
    if (!saved) return [];
    const { columns, rowCount } = saved.result;
    return [{ kind: 'table', title: saved.name ?? '', columns, rows: await this.#rows(saved), total: rowCount }];
  }

  /** Of the store; of the saved preview when that has them no longer. */
  async #rows({ result }: SavedResult): Promise<SavedResult['result']['preview']['rows']> {
    try {
      const count = Math.min(ROWS, result.rowCount);
      if (count === 0) return [];
      return (await this.#findings.engine.call('readPage', { resultId: result.resultId, view: wholeView, offset: 0, count })).rows;
    } catch (thrown) {
      const { kind } = toHuntError(thrown).data;
      if (kind === 'resultGone' || kind === 'engineLost') return result.preview.rows;
      throw thrown;
    }
  }

  async #incident(notebook: vscode.NotebookDocument, given: unknown): Promise<LinkedIncident | undefined> {
    const linked = this.#findings.incidentOf(notebook);
    const named = field(given, 'number');
    if (linked && (named === undefined || named === linked.number)) return linked;
    const { workspaces } = this.#findings;
    const workspaceId = await this.#findings.connect((workspaces.ofNotebook(notebook) ?? workspaces.chosen).id);
    const number = typeof named === 'number' ? named : await pickIncident(this.#findings.engine, workspaceId, vscode.l10n.t('Incident to comment on'));
    return number === undefined ? undefined : { number, title: '', workspaceId };
  }
}

function cellsOf({ notebook, selections }: vscode.NotebookEditor, given: unknown): readonly vscode.NotebookCell[] {
  const own = field(given, 'index');
  if (typeof own === 'number') return [notebook.cellAt(own)];
  const indexes = field(given, 'cells');
  if (Array.isArray(indexes)) return notebook.getCells().filter(({ index }) => indexes.includes(index));
  return selections.flatMap((range) => notebook.getCells(range));
}

/** Stands at the end of the comment. @param link Where the notebook or its report can be read; may be empty. */
function sourceOf({ uri }: vscode.NotebookDocument, link: string): string {
  const name = (uri.path.split('/').at(-1) ?? '').replace(/[_*`[\]<]/g, ' ');
  return link === '' ? vscode.l10n.t('From the notebook {0}', name) : `${vscode.l10n.t('From the notebook {0}', name)}: <${link}>`;
}

function askLink(): Thenable<string | undefined> {
  const { t } = vscode.l10n;
  return vscode.window.showInputBox({
    title: t('Link to the notebook or its report'),
    prompt: t('Where your colleagues can read it: a repository, a shared folder on the web'),
    ignoreFocusOut: true,
    validateInput: (text) => (isLink(text) ? undefined : t('An address that begins with https://')),
  });
}

function isLink(text: string): boolean {
  return /^https:\/\/[^\s<>]+$/i.test(text);
}

type How = 'write' | 'edit' | 'link';

async function howToWrite({ message, cuts }: FindingComment, number: number, given: unknown): Promise<How | undefined> {
  const { t } = vscode.l10n;
  const how = field(given, 'how');
  if (how === 'write' || how === 'edit') return how;
  const length = message.length.toLocaleString('en-US');
  const detail = cuts.length === 0 ? t('{0} characters', length) : t('{0} characters; cut: {1}', length, cuts.join('; '));
  const items = [
    { label: t('Write comment on incident #{0}', number), detail, how: 'write' as const },
    { label: t('Write it with a link to the notebook or its report…'), detail: t('An address on the web'), how: 'link' as const },
    { label: t('Edit it first'), detail: t('In the comment box of the incident’s page'), how: 'edit' as const },
  ];
  return (await vscode.window.showQuickPick(items, { title: t('Comment on Incident') }))?.how;
}
