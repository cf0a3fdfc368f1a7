import type { TemplateMarks } from '../views/templateMarks';
import type { TemplatePages } from '../views/templatePages';
import type { TemplatesView } from '../views/templatesView';
import { type Command, field, textField } from './command';

/** Adds a template to the favourites or takes it out of them. */
export class SetTemplateFavourite implements Command {
  readonly id: string;
  readonly #favourite: boolean;
  readonly #view: TemplatesView;
  readonly #marks: TemplateMarks;
  readonly #pages: TemplatePages;

  constructor(favourite: boolean, view: TemplatesView, marks: TemplateMarks, pages: TemplatePages) {
    this.id = favourite ? 'huntbook.addTemplateFavourite' : 'huntbook.removeTemplateFavourite';
    this.#favourite = favourite;
    this.#view = view;
    this.#marks = marks;
    this.#pages = pages;
  }

  async run(node?: unknown): Promise<void> {
    const id = textField(field(node, 'entry'), 'id');
    if (id === undefined) return;
    await this.#marks.setFavourite(id, this.#favourite);
    this.#view.redraw();
    this.#pages.refresh(id);
  }
}
