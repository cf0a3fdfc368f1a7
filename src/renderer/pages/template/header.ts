import type { FromTemplatePage, ShownTemplate } from '../../../common/templatePage';
import { OTHER_GROUP } from '../../../common/templates';
import { element } from '../../dom';
import { icon } from '../../icons';
import { spaced } from '../incident/header';
import { button } from '../incident/section';
import { localTime } from '../incident/times';

type Post = (message: FromTemplatePage) => void;

/** Title, what it is against, what can be done with it, what to know before. */
export function drawHeader({ template, favourite, changed, sourceName }: ShownTemplate, post: Post): readonly Node[] {
  const attack = [...template.tactics.map(spaced), ...template.techniques].map((name) => element('li', { class: 'hb-tag' }, name));
  const buttons = element(
    'div',
    { class: 'hb-buttons' },
    button({ label: 'Create from Template', icon: 'add', kind: 'primary', key: 'create' }, () => post({ type: 'create' })),
    button({ label: 'Preview as Notebook', key: 'preview' }, () => post({ type: 'preview' })),
  );
  const star = button({ label: favourite ? 'Favourite' : 'Add to Favourites', icon: 'pin', key: 'favourite' }, () => post({ type: 'toggleFavourite' }));
  star.setAttribute('aria-pressed', String(favourite));
  buttons.append(star);
  if (changed) buttons.append(button({ label: 'Show What Changed', key: 'changes' }, () => post({ type: 'showChanges' })));
  const notes = [
    ...(template.superseded === undefined ? [] : [note(`Superseded: ${template.superseded}`)]),
    ...(changed ? [note('It has changed since you made a notebook from it.')] : []),
    ...(template.kernel?.vanished === true ? [note(`Its kernel "${template.kernel.displayName}" exists no more: a notebook made from it asks for Python 3.`)] : []),
  ];
  const facts = element('p', { class: 'hb-facts' }, ...[sourceName, template.group, kindOf(template)].filter((text) => text !== '' && text !== OTHER_GROUP).map((text) => element('span', {}, text)));
  return [element('h1', {}, template.title), facts, ...(attack.length === 0 ? [] : [element('ul', { class: 'hb-tags', 'aria-label': 'MITRE ATT&CK' }, ...attack)]), buttons, ...notes];
}

/** What the template says of itself, and where it is from. */
export function drawFacts({ template, commit, address }: ShownTemplate, post: Post): readonly Node[] {
  const list = element('dl', { class: 'hb-template-facts' });
  const add = (name: string, ...value: readonly (string | Node)[]): void => {
    if (value.every((part) => part === '')) return;
    list.append(element('dt', {}, name), element('dd', {}, ...value));
  };
  add('Version', template.version);
  add('Author', template.author);
  add('Last change', template.lastChange === undefined ? '' : localTime(template.lastChange));
  add('Kernel', template.kernel?.displayName ?? '');
  add('Python', template.pythonVersion);
  if (template.dataSources.length > 0) add('Data sources', element('ul', {}, ...template.dataSources.map((text) => element('li', {}, text))));
  if (template.query && template.query.entities.length > 0) {
    add('Entities', element('ul', {}, ...template.query.entities.map(({ entity, column }) => element('li', {}, `${entity}: `, element('code', {}, column)))));
  }
  add('File', element('span', { class: 'hb-file' }, template.id.slice(template.id.indexOf(':') + 1)));
  if (commit !== undefined) add('Commit', element('code', {}, commit.slice(0, 12)));
  if (address !== undefined) add('At its source', button({ label: 'Open', icon: 'external', key: 'address', kind: 'link' }, () => post({ type: 'open', url: address })));
  return [list];
}

function kindOf({ query, kernel }: ShownTemplate['template']): string {
  if (query) return 'Hunting query';
  return kernel === undefined || kernel.language === 'kusto' ? 'KQL notebook' : `${kernel.language.charAt(0).toUpperCase()}${kernel.language.slice(1)} notebook`;
}

function note(text: string): HTMLElement {
  return element('p', { class: 'hb-template-note' }, icon('warning'), element('span', {}, text));
}
