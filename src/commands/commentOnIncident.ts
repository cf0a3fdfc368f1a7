import * as vscode from 'vscode';
import { MAX_COMMENT_CHARS } from '../common/incidents';
import { type Command, textField } from './command';
import type { IncidentWriter } from './incidentWriting';

/** Takes a node of the Incidents view or `{number, message}`; asks for what is missing. */
export class CommentOnIncident implements Command {
  readonly id = 'huntbook.commentOnIncident';
  readonly #writer: IncidentWriter;

  constructor(writer: IncidentWriter) {
    this.#writer = writer;
  }

  async run(given?: unknown): Promise<void> {
    const target = await this.#writer.target(given);
    if (!target) return;
    const message = textField(given, 'message') ?? (await ask(target.incident.number));
    if (message !== undefined) await this.#writer.comment(target, message);
  }
}

function ask(number: number): Thenable<string | undefined> {
  const { t } = vscode.l10n;
  return vscode.window.showInputBox({
    title: t('Comment on incident #{0}', number),
    prompt: t('Markdown; everyone who sees the incident can read it'),
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return t('Write something');
      return text.length > MAX_COMMENT_CHARS ? t('{0} characters are the most; these are {1}', MAX_COMMENT_CHARS, text.length) : undefined;
    },
  });
}
