import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../notebook/vscodeCells';
import type { TemplateFiles } from '../views/templateFiles';
import type { TemplatesView } from '../views/templatesView';
import { type Command, field, textField } from './command';

/** Shows a template as a notebook, read-only. */
export class PreviewTemplate implements Command {
  readonly id = 'huntbook.previewTemplate';
  readonly #templates: TemplatesView;
  readonly #files: TemplateFiles;

  constructor(templates: TemplatesView, files: TemplateFiles) {
    this.#templates = templates;
    this.#files = files;
  }

  async run(node?: unknown): Promise<void> {
    const template = await this.#templates.library.template(textField(field(node, 'entry'), 'id') ?? '');
    await vscode.commands.executeCommand('vscode.openWith', this.#files.uriOf(template), NOTEBOOK_TYPE, { preview: true });
  }
}
