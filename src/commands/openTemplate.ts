import type { TemplatePages } from '../views/templatePages';
import type { TemplatesView } from '../views/templatesView';
import { type Command, field, textField } from './command';

/** Shows the page of a template. Takes a node of the Templates view, or `{template}` with its id. */
export class OpenTemplate implements Command {
  readonly id = 'huntbook.openTemplate';
  readonly #templates: TemplatesView;
  readonly #pages: TemplatePages;

  constructor(templates: TemplatesView, pages: TemplatePages) {
    this.#templates = templates;
    this.#pages = pages;
  }

  async run(given?: unknown): Promise<void> {
    const id = textField(given, 'template') ?? textField(field(given, 'entry'), 'id') ?? '';
    this.#pages.open(await this.#templates.library.template(id));
  }
}
