import { element } from '../dom';
import { shortcuts } from './keyboard';
import { SidePanel } from './sidePanel';

/** The list of keys the grid knows. */
export function helpPanel(close: () => void): SidePanel {
  const panel = new SidePanel(close);
  panel.title = 'Keyboard';
  const list = element('dl', { class: 'hb-keys' });
  for (const [keys, effect] of shortcuts) list.append(element('div', {}, element('dt', {}, keys), element('dd', {}, effect)));
  panel.content.append(list);
  return panel;
}
