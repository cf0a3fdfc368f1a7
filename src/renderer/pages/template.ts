/** The page of a template: what it hunts, whether it can work here, what is in it. */
import type { FromTemplatePage, ToTemplatePage } from '../../common/templatePage';
import { adoptStyles } from '../adoptStyles';
import { connectHost } from './hostApi';
import base from './incident/incident.css';
import { TemplatePage } from './template/page';
import css from './template/template.css';

adoptStyles(base);
adoptStyles(css);
const root = document.getElementById('page');
if (root) {
  const host = connectHost((message) => page.receive(message as ToTemplatePage));
  const page = new TemplatePage(root, (message: FromTemplatePage) => host.post(message));
  host.post({ type: 'ready' });
}
