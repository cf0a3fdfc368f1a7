/**
 * Markdown that others wrote, as nodes: never HTML, no images, nothing is loaded. A link leads to https alone, and shows where it leads
 * when its text does not.
 */
import MarkdownIt from 'markdown-it';
import { type Attributes, element } from '../dom';

type Token = ReturnType<MarkdownIt['parse']>[number];

export interface MarkdownOptions {
  /** People chose a link. */
  readonly openLink: (url: string) => void;
  /** Level of the outermost heading on the page; 3 unless told. */
  readonly headingLevel?: number;
}

const parser = new MarkdownIt('default', { html: false, linkify: false, typographer: false });

/** The blocks of a Markdown text. */
export function renderMarkdown(text: string, options: MarkdownOptions): DocumentFragment {
  const fragment = document.createDocumentFragment();
  appendBlocks(fragment, parser.parse(text, {}), options);
  return fragment;
}

const blocks: Readonly<Partial<Record<string, keyof HTMLElementTagNameMap>>> = {
  paragraph_open: 'p',
  bullet_list_open: 'ul',
  ordered_list_open: 'ol',
  list_item_open: 'li',
  blockquote_open: 'blockquote',
  table_open: 'table',
  thead_open: 'thead',
  tbody_open: 'tbody',
  tr_open: 'tr',
  th_open: 'th',
  td_open: 'td',
};

const inlines: Readonly<Partial<Record<string, keyof HTMLElementTagNameMap>>> = { strong_open: 'strong', em_open: 'em', s_open: 's' };

function appendBlocks(root: Node, tokens: readonly Token[], options: MarkdownOptions): void {
  let parent = root;
  for (const token of tokens) {
    const tag = token.type === 'heading_open' ? headingTag(token, options) : blocks[token.type];
    // Paragraphs of a tight list are hidden: their text stands in the item itself.
    if (token.hidden) continue;
    if (tag !== undefined) {
      parent = parent.appendChild(element(tag, tag === 'ol' ? startOf(token) : {}));
    } else if (token.nesting === -1) {
      parent = parent.parentNode ?? root;
    } else if (token.type === 'inline') {
      appendInlines(parent, token.children ?? [], options);
    } else if (token.type === 'fence' || token.type === 'code_block') {
      parent.appendChild(element('pre', { tabindex: '0' }, element('code', {}, token.content)));
    } else if (token.type === 'hr') {
      parent.appendChild(element('hr'));
    } else {
      parent.appendChild(document.createTextNode(token.content));
    }
  }
}

function appendInlines(root: Node, tokens: readonly Token[], options: MarkdownOptions): void {
  let parent = root;
  /** Of the link that is open: its address, to be shown behind its text. */
  let address = '';
  for (const token of tokens) {
    const tag = inlines[token.type];
    if (tag !== undefined) parent = parent.appendChild(element(tag));
    else if (token.type === 'link_open') {
      address = token.attrGet('href') ?? '';
      parent = parent.appendChild(link(address, options));
    } else if (token.type === 'link_close') {
      const opened = parent;
      parent = parent.parentNode ?? root;
      if (opened.textContent !== address) parent.appendChild(element('span', { class: 'hb-address' }, ` (${address})`));
    } else if (token.nesting === -1) parent = parent.parentNode ?? root;
    else if (token.type === 'code_inline') parent.appendChild(element('code', {}, token.content));
    else if (token.type === 'hardbreak') parent.appendChild(element('br'));
    else if (token.type === 'softbreak') parent.appendChild(document.createTextNode('\n'));
    else if (token.type === 'image') parent.appendChild(document.createTextNode(`[image: ${token.content}]`));
    else parent.appendChild(document.createTextNode(token.content));
  }
}

/** Whatever is no https address is text. */
function link(address: string, { openLink }: MarkdownOptions): HTMLElement {
  if (!/^https:\/\//i.test(address)) return element('span');
  const made = element('a', { href: address, rel: 'noreferrer' });
  made.addEventListener('click', (event) => {
    event.preventDefault();
    openLink(address);
  });
  return made;
}

function headingTag(token: Token, { headingLevel = 3 }: MarkdownOptions): keyof HTMLElementTagNameMap {
  const level = Math.min(6, headingLevel - 1 + Number(token.tag.slice(1)));
  return `h${level}` as 'h3';
}

function startOf(token: Token): Attributes {
  const start = token.attrGet('start');
  return start === null ? {} : { start };
}
