/** The page of an incident: what is known of it, and what people do about it. */
import type { FromIncidentPage, ToIncidentPage } from '../../common/incidentPage';
import graphCss from '../investigation/entities/entities.css';
import { adoptStyles } from '../adoptStyles';
import { connectHost } from './hostApi';
import css from './incident/incident.css';
import { IncidentPage } from './incident/page';

adoptStyles(css);
adoptStyles(graphCss);
const root = document.getElementById('page');
if (root) {
  const host = connectHost((message) => page.receive(message as ToIncidentPage));
  const page = new IncidentPage(root, (message: FromIncidentPage) => host.post(message));
  host.post({ type: 'ready' });
}
