import { element } from '../dom';
import { shortcuts } from './keyboard';
import { SidePanel } from './sidePanel';

/** The list of keys the grid knows. */
export function helpPanel(close: () => void): SidePanel {
  const panel = new SidePanel(close);
  panel.title = 'Keyboard';
  const list = element('dl', { class: 'hb-keys' });
  const onMac = navigator.userAgent.includes('Macintosh');
  for (const [keys, effect] of shortcuts) {
    const named = onMac ? keys.replaceAll('Ctrl', 'Command').replaceAll('Alt', 'Option') : keys;
    list.append(element('div', {}, element('dt', {}, named), element('dd', {}, effect)));
  }
  panel.content.append(list);
  return panel;
}
