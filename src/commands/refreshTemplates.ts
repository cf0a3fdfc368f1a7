import type { TemplatesView } from '../views/templatesView';
import type { Command } from './command';

export class RefreshTemplates implements Command {
  readonly id = 'huntbook.refreshTemplates';
  readonly #templates: TemplatesView;

  constructor(templates: TemplatesView) {
    this.#templates = templates;
  }

  run(): void {
    this.#templates.refresh();
  }
}
