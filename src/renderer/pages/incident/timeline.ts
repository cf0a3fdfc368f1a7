import type { AlertEvidence, IncidentPageState, Part, TimelineEntry } from '../../../common/incidentPage';
import { element } from '../../dom';
import { type IconName, icon } from '../../icons';
import { severityBadge, timeText } from './header';
import { button, quiet } from './section';

const icons: Readonly<Record<TimelineEntry['kind'], IconName>> = {
  alert: 'bell',
  created: 'info',
  changed: 'pulse',
  closed: 'check',
  comment: 'comment',
  bookmark: 'bookmark',
  activity: 'pulse',
};

/** Entries shown before people ask for all of them. */
const FIRST = 60;

/** What happened, the oldest first. */
export function drawTimeline({ timeline, timelineNote }: IncidentPageState): readonly Node[] {
  const list = element('ol', { class: 'hb-timeline' }, ...timeline.slice(0, FIRST).map(entryNode));
  const rest = timeline.slice(FIRST);
  const more = button({ label: `Show ${rest.length} More` }, () => {
    list.append(...rest.map(entryNode));
    more.remove();
  });
  return [...(timelineNote === undefined ? [] : [quiet(timelineNote)]), list, ...(rest.length === 0 ? [] : [more])];
}

function entryNode({ time, kind, title, detail, who, severity }: TimelineEntry): HTMLElement {
  const facts = [who, detail].filter((part) => part !== undefined && part !== '').join(': ');
  return element(
    'li',
    { class: `hb-${kind}` },
    element('span', { class: 'hb-mark' }, icon(icons[kind])),
    element('span', { class: 'hb-when' }, timeText(time)),
    element('span', { class: 'hb-what' }, element('span', { class: 'hb-name' }, title), ...(severity === undefined ? [] : [' ', severityBadge(severity)])),
    ...(facts === '' ? [] : [element('span', { class: 'hb-detail' }, facts)]),
  );
}

/** What the alerts were raised on: facts, and the query that finds the events. */
export function drawEvidence(evidence: Part<readonly AlertEvidence[]>, openQuery: (title: string, query: string) => void): readonly Node[] {
  if (evidence.kind === 'loading') return [quiet('Reading…')];
  if (evidence.kind === 'failed') return [quiet(evidence.text)];
  if (evidence.value.length === 0) return [quiet('The alerts left no evidence in the tables of this workspace.')];
  return evidence.value.map((alert) => {
    const { query } = alert;
    const facts = alert.facts.flatMap(({ name, value }) => [element('dt', {}, name), element('dd', {}, value)]);
    const shown = [
      ...(facts.length === 0 ? [] : [element('dl', {}, ...facts)]),
      ...(query === undefined
        ? []
        : [
            element('pre', { tabindex: '0', 'aria-label': `Query of ${alert.alertName}` }, element('code', {}, query)),
            button({ label: 'Open Query in Notebook', icon: 'run' }, () => openQuery(alert.alertName, query)),
          ]),
    ];
    const summary = element('summary', {}, element('span', { class: 'hb-name' }, alert.alertName), ' ', element('span', { class: 'hb-quiet' }, timeText(alert.time)));
    return element('details', {}, summary, ...(shown.length === 0 ? [quiet('No more is known of it.')] : shown));
  });
}
