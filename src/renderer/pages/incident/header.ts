import type { FromIncidentPage, IncidentPageState } from '../../../common/incidentPage';
import { element } from '../../dom';
import { type IconName, icon } from '../../icons';
import { button } from './section';
import { localTime, utcTime } from './times';

export const severityIcons: Readonly<Record<string, IconName>> = { High: 'warning', Medium: 'warning', Low: 'info', Informational: 'info' };

/** Severity by shape, colour and word. */
export function severityBadge(severity: string): HTMLElement {
  return element('span', { class: `hb-severity hb-severity-${severity.toLowerCase()}` }, icon(severityIcons[severity] ?? 'info'), severity);
}

/** A time as it is here, with UTC in its tooltip. */
export function timeText(time: string): HTMLElement {
  return element('time', { datetime: time, title: utcTime(time) }, localTime(time));
}

/** Title, when, and what can be done with the incident as a whole. */
export function drawHeader(state: IncidentPageState, post: (message: FromIncidentPage) => void): readonly Node[] {
  const { workspaceName, details } = state;
  const { incident } = details;
  const facts = element(
    'p',
    { class: 'hb-facts' },
    severityBadge(incident.severity),
    element('span', {}, `#${incident.number}`),
    element('span', {}, incident.status),
    element('span', {}, 'Activity ', timeText(incident.firstActivityTime), ' – ', timeText(incident.lastActivityTime)),
    element('span', {}, 'Created ', timeText(incident.createdTime)),
    element('span', {}, 'Changed ', timeText(incident.lastModifiedTime)),
    element('span', {}, workspaceName),
  );
  const buttons = element(
    'div',
    { class: 'hb-buttons' },
    button({ label: 'Hunt from Incident', icon: 'search', kind: 'primary', key: 'hunt' }, () => post({ type: 'hunt' })),
    button({ label: 'Refresh', icon: 'retry', key: 'refresh' }, () => post({ type: 'refresh' })),
    button({ label: 'Copy Number and Title', icon: 'copy', key: 'copy' }, () => post({ type: 'copy', text: `#${incident.number} ${incident.title}` })),
  );
  if (incident.portalUrl !== undefined) buttons.append(button({ label: 'Open in Azure', icon: 'external', key: 'azure' }, () => post({ type: 'openInAzure' })));
  if (incident.defenderUrl !== undefined) {
    buttons.append(button({ label: 'Open in Defender', icon: 'external', key: 'defender' }, () => post({ type: 'openInDefender' })));
  }
  const description = incident.description === '' ? [] : [element('p', { class: 'hb-description' }, incident.description)];
  return [element('h1', {}, incident.title), facts, ...description, buttons];
}

/** `InitialAccess` as people write it. */
export function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
