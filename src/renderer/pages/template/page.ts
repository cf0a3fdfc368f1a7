import type { FromTemplatePage, ShownTemplate, TemplateTables, ToTemplatePage } from '../../../common/templatePage';
import type { CellPreview, TemplateDetails } from '../../../common/templateService';
import { element } from '../../dom';
import { button, quiet, Section } from '../incident/section';
import { renderMarkdown } from '../markdown';
import { drawFacts, drawHeader } from './header';
import { drawTables } from './tables';

type Post = (message: FromTemplatePage) => void;

/** Draws the page; each part anew only when what it shows has changed. */
export class TemplatePage {
  readonly #root: HTMLElement;
  readonly #post: Post;
  readonly #header = element('header', { class: 'hb-template-head' });
  readonly #failure = element('p', { class: 'hb-bad', role: 'alert', hidden: '' });
  readonly #description = new Section('about', 'About');
  readonly #tables = new Section('tables', 'Tables it needs');
  readonly #parameters = new Section('parameters', 'Parameters');
  readonly #facts = new Section('facts', 'Facts');
  readonly #cells = new Section('cells', 'Cells');
  #shown: ShownTemplate | undefined;

  constructor(root: HTMLElement, post: Post) {
    this.#root = root;
    this.#post = post;
    const side = element('div', { class: 'hb-side' }, this.#tables.node, this.#parameters.node, this.#facts.node);
    const main = element('div', { class: 'hb-main' }, this.#description.node, this.#cells.node);
    root.classList.add('hb-page');
    root.append(this.#header, this.#failure, element('div', { class: 'hb-columns' }, main, side));
    root.hidden = true;
  }

  receive(message: ToTemplatePage): void {
    switch (message.type) {
      case 'template':
        this.#showTemplate(message.shown);
        break;
      case 'tables':
        this.#showTables(message.tables);
        break;
      case 'details':
        this.#showDetails(message.details);
        break;
      case 'failed':
        this.#root.hidden = false;
        this.#failure.hidden = false;
        this.#failure.textContent = message.message;
    }
  }

  #showTemplate(shown: ShownTemplate): void {
    this.#shown = shown;
    this.#root.hidden = false;
    this.#failure.hidden = true;
    const focused = this.#header.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : undefined;
    this.#header.replaceChildren(...drawHeader(shown, this.#post));
    if (typeof focused === 'string') this.#header.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    this.#facts.update(shown, () => drawFacts(shown, this.#post));
  }

  #showTables(tables: TemplateTables): void {
    this.#tables.update(tables, () => drawTables(tables, () => this.#post({ type: 'connect' })), tables.tables.length);
  }

  #showDetails(details: TemplateDetails): void {
    const { introduction, introductionCells, parametersCell, cells, cellCount } = details;
    const names = this.#shown?.template.parameters ?? [];
    const openLink = (url: string): void => this.#post({ type: 'open', url });
    this.#description.update(introduction, () => {
      if (introduction === '') return [quiet(this.#shown?.template.description || 'It has no introduction.')];
      return [element('div', { class: 'hb-markdown' }, renderMarkdown(introduction, { openLink }))];
    });
    this.#parameters.node.hidden = parametersCell === undefined;
    this.#parameters.update(parametersCell, () => (parametersCell ? [drawCode(parametersCell, 'Parameters cell')] : []), names.length);
    this.#cells.update(cells, () => [this.#drawCells(cells, { introductionCells, cellCount }, openLink)], cellCount);
  }

  /** The cells below the introduction, which stands above. */
  #drawCells(
    cells: readonly CellPreview[],
    { introductionCells, cellCount }: Pick<TemplateDetails, 'introductionCells' | 'cellCount'>,
    openLink: (url: string) => void,
  ): HTMLElement {
    const list = element('ol', { class: 'hb-cells' });
    for (const [index, cell] of [...cells.entries()].slice(introductionCells)) {
      const content =
        cell.kind === 'code'
          ? drawCode(cell, `Cell ${index + 1}, ${cell.language}`)
          : element('div', { class: 'hb-markdown' }, renderMarkdown(withoutTags(cell.text), { openLink }));
      list.append(element('li', {}, content));
    }
    if (cells.length === cellCount) return list;
    const more = button({ label: `All ${cellCount} cells as a notebook`, key: 'all', kind: 'link' }, () => this.#post({ type: 'preview' }));
    return element('div', {}, list, more);
  }
}

function drawCode({ text, language }: CellPreview, label: string): HTMLElement {
  const pre = element('pre', { tabindex: '0', role: 'region', 'aria-label': label }, element('code', {}, text));
  return element('div', { class: 'hb-code' }, element('span', { class: 'hb-language', 'aria-hidden': 'true' }, languageNames[language] ?? language), pre);
}

const languageNames: Readonly<Record<string, string>> = { kusto: 'KQL', python: 'Python' };

/** Tags of notebooks' Markdown would stand as text between the words; what they frame is read without them. */
function withoutTags(markdown: string): string {
  return markdown.replace(/[ \t]*<br\s*\/?>[ \t]*\n?/gi, '  \n').replace(/<\/?[a-z][^<>]*>/gi, '').replace(/&nbsp;/g, ' ');
}
