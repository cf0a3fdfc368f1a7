import { HuntError } from '../common/errors';
import type { HuntNotebooks } from '../notebook/vscodeHuntNotebooks';
import type { TemplateWorkerHost } from '../templates/templateWorkerHost';
import type { TemplatesView } from '../views/templatesView';
import type { Command } from './command';

/** Opens the first bundled hunt as a notebook without a file: nothing is asked. */
export class OpenSampleHunt implements Command {
  readonly id = 'huntbook.openSampleHunt';
  readonly #templates: TemplatesView;
  readonly #worker: TemplateWorkerHost;
  readonly #notebooks: HuntNotebooks;

  constructor(templates: TemplatesView, worker: TemplateWorkerHost, notebooks: HuntNotebooks) {
    this.#templates = templates;
    this.#worker = worker;
    this.#notebooks = notebooks;
  }

  async run(): Promise<void> {
    const [first] = await this.#templates.library.bundled();
    if (!first) throw new HuntError({ kind: 'notFound', what: 'template', name: 'sample hunt' });
    await this.#notebooks.openUntitled(await this.#worker.call('notebookText', { template: first }), first.path);
  }
}
