import { HuntError } from '../common/errors';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import { readTemplateText } from '../templates/templateCatalogue';
import type { TemplatesView } from '../views/templatesView';
import type { Command } from './command';

/** Opens the first bundled hunt as a notebook without a file: nothing is asked. */
export class OpenSampleHunt implements Command {
  readonly id = 'huntbook.openSampleHunt';
  readonly #templates: TemplatesView;
  readonly #notebooks: HuntNotebooks;

  constructor(templates: TemplatesView, notebooks: HuntNotebooks) {
    this.#templates = templates;
    this.#notebooks = notebooks;
  }

  async run(): Promise<void> {
    const [first] = await this.#templates.templates();
    if (!first) throw new HuntError({ kind: 'notFound', what: 'template', name: 'sample hunt' });
    await this.#notebooks.openUntitled(await readTemplateText(first.path), first.path);
  }
}
