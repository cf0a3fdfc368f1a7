import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { Incident } from '../common/incidents';
import { setNotebookIncident } from '../notebook/vscodeNotebookMetadata';
import { describeChange } from '../sentinel/writtenRecord';
import { lineOfData } from '../views/dataText';
import { type Command, field, textField } from './command';
import type { Findings, LinkedIncident } from './findings';
import { pickIncident } from './incidentPick';

/** What can be done with the incident of a notebook: names of the choices, as arguments give them. */
const changes = {
  severity: 'huntbook.changeIncidentSeverity',
  status: 'huntbook.changeIncidentStatus',
  close: 'huntbook.closeIncident',
  owner: 'huntbook.assignIncident',
  labels: 'huntbook.editIncidentLabels',
} as const;
type Change = keyof typeof changes;
type Choice = Change | 'open' | 'comment' | 'bookmark' | 'written' | 'link' | 'unlink';

/**
 * The incident that the active notebook is linked with: opens it, changes it, comments on it; links and unlinks. Takes `{choice, number}`
 * and what the chosen command takes, in `argument`; asks for what is missing.
 */
export class NotebookIncidentMenu implements Command {
  readonly id = 'huntbook.notebookIncident';
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  async run(given?: unknown): Promise<void> {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    if (!notebook) return;
    const linked = this.#findings.incidentOf(notebook);
    const choice = (textField(given, 'choice') as Choice | undefined) ?? (linked ? await askChoice(linked) : 'link');
    if (choice === undefined) return;
    if (choice === 'link') {
      await this.#link(notebook, field(given, 'number'));
      return;
    }
    if (choice === 'comment' || choice === 'bookmark' || choice === 'written') {
      await vscode.commands.executeCommand(others[choice], field(given, 'argument'));
      return;
    }
    if (!linked) throw new HuntError({ kind: 'refused', message: vscode.l10n.t('The notebook is not linked with an incident yet.') });
    if (choice === 'unlink') await setNotebookIncident(notebook, undefined);
    else if (choice === 'open') this.#findings.pages.open(linked.workspaceId, linked.number, linked.title);
    else await this.#change(notebook, linked, choice, field(given, 'argument'));
  }

  /** As the command of the Incidents view does it; what was changed stands in the notebook then. */
  async #change(notebook: vscode.NotebookDocument, incident: LinkedIncident, choice: Change, argument: unknown): Promise<void> {
    const { workspaceId, number } = incident;
    const { writer } = this.#findings;
    const before = await writer.target({ workspaceId, number });
    if (!before) return;
    let after: Incident | undefined;
    const listener = writer.onDidWrite((written) => {
      if (written.workspaceId === workspaceId && written.incident.number === number) after = written.incident;
    });
    try {
      const given = typeof argument === 'object' && argument !== null ? argument : {};
      await vscode.commands.executeCommand(changes[choice], { ...given, incident: before.incident, workspaceId });
    } finally {
      listener.dispose();
    }
    const text = after ? describeChange(before.incident, after) : '';
    if (text !== '') await this.#findings.record(notebook, workspaceId, { what: 'incident', text, incidentNumber: number });
  }

  async #link(notebook: vscode.NotebookDocument, named: unknown): Promise<void> {
    const entry = this.#findings.workspaces.ofNotebook(notebook) ?? this.#findings.workspaces.chosen;
    const workspaceId = await this.#findings.connect(entry.id);
    const number = typeof named === 'number' ? named : await pickIncident(this.#findings.engine, workspaceId, vscode.l10n.t('Incident that this notebook is about'));
    if (number === undefined) return;
    const target = await this.#findings.writer.target({ workspaceId, number });
    if (target) await setNotebookIncident(notebook, { number, title: target.incident.title, workspaceId });
  }
}

const others = { comment: 'huntbook.commentFromNotebook', bookmark: 'huntbook.bookmarkRows', written: 'huntbook.showWritten' } as const;

async function askChoice({ number, title }: LinkedIncident): Promise<Choice | undefined> {
  const { t } = vscode.l10n;
  const item = (choice: Choice, icon: string, label: string): vscode.QuickPickItem & { readonly choice: Choice } => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    choice,
  });
  const items = [
    item('open', 'open-preview', t('Open the incident')),
    item('comment', 'comment', t('Comment with the selected cells…')),
    item('bookmark', 'bookmark', t('Bookmark rows of the selected cell…')),
    item('severity', 'warning', t('Change severity…')),
    item('status', 'circle-large-outline', t('Change status…')),
    item('close', 'pass', t('Close…')),
    item('owner', 'person-add', t('Assign…')),
    item('labels', 'tag', t('Edit labels…')),
    item('written', 'history', t('Show what was written from this notebook')),
    item('link', 'link', t('Link with another incident…')),
    item('unlink', 'debug-disconnect', t('Unlink')),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: t('Incident #{0}: {1}', number, lineOfData(title)) });
  return picked?.choice;
}
