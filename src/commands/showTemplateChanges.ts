import * as path from 'node:path';
import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { TemplateFiles } from '../views/templateFiles';
import type { TemplatesView } from '../views/templatesView';
import { type Command, field, textField } from './command';

/**
 * Compares a template with the version that a notebook was made of; asks which when several changed. The notebook itself is not touched:
 * what is wanted of the changes, people take over.
 */
export class ShowTemplateChanges implements Command {
  readonly id = 'huntbook.showTemplateChanges';
  readonly #templates: TemplatesView;
  readonly #files: TemplateFiles;

  constructor(templates: TemplatesView, files: TemplateFiles) {
    this.#templates = templates;
    this.#files = files;
  }

  async run(node?: unknown): Promise<void> {
    const changed = await this.#templates.library.changedSinceMade();
    const templates = new Map((await this.#templates.templates()).map((template) => [template.id, template]));
    const items = changed.flatMap(({ templateId, file, hash }) => {
      const template = templates.get(templateId);
      return template ? [{ label: template.title, description: path.basename(file), detail: file, template, hash }] : [];
    });
    const id = textField(field(node, 'entry'), 'id');
    const asked = id === undefined ? items : items.filter(({ template }) => template.id === id);
    if (asked.length === 0) throw new HuntError({ kind: 'notFound', what: 'template that changed since a notebook was made of it', name: id ?? '' });
    const picked = asked.length === 1 ? asked[0] : await vscode.window.showQuickPick(asked, { title: vscode.l10n.t('Changed templates') });
    if (!picked) return;
    const title = vscode.l10n.t('{0}: when {1} was made ↔ now', picked.template.title, picked.description);
    await vscode.commands.executeCommand('vscode.diff', this.#files.uriWhenMade(picked.template, picked.hash), this.#files.uriOf(picked.template), title);
  }
}
