import { entityName } from '../../../common/entityText';
import type { FromIncidentPage, IncidentAction, LinkedNotebook, Part } from '../../../common/incidentPage';
import type { IncidentBookmark } from '../../../common/incidents';
import type { IncidentTask, SimilarIncident } from '../../../common/sentinelService';
import { element } from '../../dom';
import { renderMarkdown } from '../markdown';
import { severityBadge } from './header';
import { button, quiet } from './section';

export interface RelatedHost {
  readonly act: (action: IncidentAction) => void;
  readonly post: (message: FromIncidentPage) => void;
}

/** Entities that two incidents share, named before the rest is counted. */
const NAMED = 3;

export function drawTasks(tasks: Part<readonly IncidentTask[]>, { act, post }: RelatedHost): readonly Node[] {
  if (tasks.kind === 'loading') return [quiet('Reading…')];
  if (tasks.kind === 'failed') return [quiet(tasks.text)];
  if (tasks.value.length === 0) return [quiet('No tasks.')];
  return [
    element(
      'ul',
      { class: 'hb-rows' },
      ...tasks.value.map(({ id, title, description, status }) => {
        const box = element('input', { type: 'checkbox', 'data-key': id });
        box.checked = status === 'Completed';
        box.addEventListener('change', () => act({ kind: 'setTask', taskId: id, status: box.checked ? 'Completed' : 'New' }));
        const label = element('label', { class: 'hb-task' }, box, element('span', {}, title));
        const openLink = (url: string): void => post({ type: 'openLink', url });
        const about = description === '' ? [] : [element('div', { class: 'hb-markdown hb-detail' }, renderMarkdown(description, { openLink, headingLevel: 4 }))];
        return element('li', { class: 'hb-column' }, label, ...about);
      }),
    ),
  ];
}

export function drawSimilar(similar: Part<readonly SimilarIncident[]>, { post }: RelatedHost): readonly Node[] {
  if (similar.kind === 'loading') return [quiet('Looking…')];
  if (similar.kind === 'failed') return [quiet(similar.text)];
  if (similar.value.length === 0) return [quiet('None shares an entity or the title.')];
  return [
    element(
      'ul',
      { class: 'hb-rows' },
      ...similar.value.map(({ incident, shared, sameTitle }) =>
        element(
          'li',
          { class: 'hb-column' },
          button({ label: `#${incident.number} ${incident.title}`, kind: 'link', key: String(incident.number) }, () => post({ type: 'openIncident', number: incident.number })),
          element('span', { class: 'hb-detail' }, severityBadge(incident.severity), ` ${incident.status} · ${reason(shared.map(entityName), sameTitle)}`),
        ),
      ),
    ),
  ];
}

function reason(shared: readonly string[], sameTitle: boolean): string {
  const rest = shared.length - NAMED;
  const names = shared.length === 0 ? [] : [`shares ${shared.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
  return [...(sameTitle ? ['same title'] : []), ...names].join(' · ');
}

export function drawBookmarks(bookmarks: readonly IncidentBookmark[] | undefined, { act, post }: RelatedHost): readonly Node[] {
  if (bookmarks === undefined || bookmarks.length === 0) return [quiet('None. Bookmark rows of a result in a linked notebook, and they stand here.')];
  return bookmarks.map(({ id, name, notes, query }) =>
    element(
      'details',
      {},
      element('summary', {}, element('span', { class: 'hb-name' }, name)),
      ...(notes === '' ? [] : [element('div', { class: 'hb-markdown' }, renderMarkdown(notes, { openLink: (url) => post({ type: 'openLink', url }), headingLevel: 4 }))]),
      ...(query === '' ? [] : [element('pre', { tabindex: '0', 'aria-label': `Query of ${name}` }, element('code', {}, query))]),
      element(
        'div',
        { class: 'hb-buttons' },
        ...(query === '' ? [] : [button({ label: 'Open Query in Notebook', icon: 'run' }, () => post({ type: 'openQuery', title: name, query }))]),
        button({ label: 'Detach', icon: 'close' }, () => act({ kind: 'detachBookmark', bookmarkId: id })),
      ),
    ),
  );
}

export function drawNotebooks(notebooks: readonly LinkedNotebook[], { post }: RelatedHost): readonly Node[] {
  if (notebooks.length === 0) return [quiet('None yet: hunt from the incident to make one.')];
  const rows = notebooks.map(({ name, uri }) => element('li', {}, button({ label: name, kind: 'link', key: uri }, () => post({ type: 'openNotebook', uri }))));
  return [element('ul', { class: 'hb-rows' }, ...rows)];
}
