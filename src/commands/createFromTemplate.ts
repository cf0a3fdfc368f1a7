import * as vscode from 'vscode';
import { HuntError } from '../common/errors';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { spacedName } from '../sentinel/incidentSummary';
import { createFromTemplate } from '../templates/createFromTemplate';
import type { Template } from '../templates/template';
import type { TemplatesView } from '../views/templatesView';
import { type Command, field, textField } from './command';
import { makeNotebook } from './notebookTarget';

/**
 * Makes a notebook of a template and opens it. Takes a node of the Templates view, or
 * `{template, folder, name, overwrite}`; asks for what is missing.
 */
export class CreateFromTemplate implements Command {
  readonly id = 'huntbook.createFromTemplate';
  readonly #templates: TemplatesView;
  readonly #notebooks: HuntNotebooks;

  constructor(templates: TemplatesView, notebooks: HuntNotebooks) {
    this.#templates = templates;
    this.#notebooks = notebooks;
  }

  async run(given?: unknown): Promise<void> {
    const template = await this.#template(given);
    if (!template) return;
    const target = { folder: textField(given, 'folder'), name: textField(given, 'name'), overwrite: field(given, 'overwrite') === true };
    const baseName = template.id.split('/').at(-1) ?? template.id;
    const file = await makeNotebook(target, baseName, (chosen) => createFromTemplate({ template, ...chosen, now: new Date() }));
    if (file) await this.#notebooks.openFile(file);
  }

  async #template(given: unknown): Promise<Template | undefined> {
    const templates = await this.#templates.templates();
    const id = textField(given, 'template') ?? textField(field(given, 'entry'), 'id');
    if (id === undefined) return pick(templates);
    const template = templates.find((candidate) => candidate.id === id);
    if (!template) throw new HuntError({ kind: 'notFound', what: 'template', name: id });
    return template;
  }
}

async function pick(templates: readonly Template[]): Promise<Template | undefined> {
  const items = templates.map((template) => ({
    label: template.title,
    description: template.tactics.map(spacedName).join(', '),
    detail: template.description,
    template,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Template'), matchOnDescription: true, matchOnDetail: true });
  return picked?.template;
}
