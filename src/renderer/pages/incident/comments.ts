import { MAX_COMMENT_CHARS } from '../../../common/incidents';
import type { IncidentAction } from '../../../common/incidentPage';
import { element, setAttribute } from '../../dom';
import { renderMarkdown } from '../markdown';
import { timeText } from './header';
import type { ShownComment } from './model';
import { button, quiet } from './section';

export interface CommentsHost {
  readonly act: (action: IncidentAction) => void;
  readonly keepDraft: (text: string) => void;
  readonly openLink: (url: string) => void;
}

/** Where people write a comment. What stands in it is never lost: it is kept by the host, and comes back when a write fails. */
export class CommentEditor {
  readonly node: HTMLElement;
  readonly #host: CommentsHost;
  readonly #text = element('textarea', { id: 'hb-comment', rows: '4', placeholder: 'Markdown; everyone who sees the incident can read it' });
  readonly #count = element('span', { class: 'hb-quiet', id: 'hb-comment-count' });
  readonly #send: HTMLButtonElement;
  readonly #preview = element('div', { class: 'hb-markdown hb-preview', 'aria-live': 'polite' });
  readonly #previewButton: HTMLButtonElement;

  constructor(host: CommentsHost) {
    this.#host = host;
    this.#send = button({ label: 'Comment', kind: 'primary' }, () => this.#write());
    this.#previewButton = button({ label: 'Preview' }, () => this.#togglePreview());
    this.#preview.hidden = true;
    this.#text.setAttribute('aria-describedby', this.#count.id);
    this.#text.addEventListener('input', () => {
      this.#update();
      host.keepDraft(this.#text.value);
    });
    this.#text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#write();
    });
    this.node = element(
      'div',
      { class: 'hb-editor' },
      element('label', { for: 'hb-comment' }, 'New comment'),
      this.#text,
      this.#preview,
      element('div', { class: 'hb-buttons' }, this.#send, this.#previewButton, this.#count),
    );
    this.#update();
  }

  /** Puts a text back that could not be written, before what was written since. */
  restore(text: string): void {
    const since = this.#text.value.trim() === '' ? '' : `\n\n${this.#text.value}`;
    this.#text.value = `${text}${since}`;
    this.#update();
    this.#host.keepDraft(this.#text.value);
  }

  #write(): void {
    const message = this.#text.value.trim();
    if (message === '' || message.length > MAX_COMMENT_CHARS) return;
    this.#text.value = '';
    this.#update();
    this.#host.keepDraft('');
    this.#host.act({ kind: 'comment', message });
  }

  #togglePreview(): void {
    this.#preview.hidden = !this.#preview.hidden;
    this.#previewButton.setAttribute('aria-pressed', String(!this.#preview.hidden));
    this.#update();
  }

  #update(): void {
    const { length } = this.#text.value.trim();
    const isTooLong = length > MAX_COMMENT_CHARS;
    this.#send.disabled = length === 0 || isTooLong;
    setAttribute(this.#text, 'aria-invalid', isTooLong ? 'true' : undefined);
    this.#count.classList.toggle('hb-bad', isTooLong);
    const most = MAX_COMMENT_CHARS.toLocaleString('en-US');
    this.#count.textContent = isTooLong ? `${length.toLocaleString('en-US')} characters: ${most} are the most. Shorten it, or write two.` : length === 0 ? '' : `${length.toLocaleString('en-US')} of ${most}`;
    if (this.#preview.hidden) return;
    const { openLink } = this.#host;
    this.#preview.replaceChildren(renderMarkdown(this.#text.value, { openLink, headingLevel: 4 }));
  }
}

/** The comments, the newest first. */
export function drawComments(comments: readonly ShownComment[], host: CommentsHost): readonly Node[] {
  if (comments.length === 0) return [quiet('No comments yet.')];
  return [element('ol', { class: 'hb-comments' }, ...comments.map((comment) => commentNode(comment, host)))];
}

function commentNode({ id, author, createdTime, message, isPending }: ShownComment, host: CommentsHost): HTMLElement {
  const written = element('span', { class: 'hb-quiet' }, timeText(createdTime));
  const head = element('div', { class: 'hb-comment-head' }, element('span', { class: 'hb-name' }, author), ' ', written);
  if (isPending) head.append(element('span', { class: 'hb-quiet' }, ' · on its way…'));
  else if (id !== undefined) {
    head.append(button({ label: `Delete comment of ${author}`, icon: 'trash', kind: 'icon', key: `delete-${id}` }, () => host.act({ kind: 'deleteComment', commentId: id, message })));
  }
  const body = element('div', { class: 'hb-markdown' }, renderMarkdown(message, { openLink: host.openLink, headingLevel: 4 }));
  return element('li', isPending ? { class: 'hb-pending', 'aria-busy': 'true' } : {}, head, body);
}
