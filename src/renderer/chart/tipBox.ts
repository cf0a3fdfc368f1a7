import type { ChartTip } from '../../common/charts/drawing/chartTip';
import { element } from '../dom';

/** The box under the pointer: nodes of our own, so that whatever a name holds is text. */
export function tipBox({ title, lines }: ChartTip): HTMLElement {
  const rows = lines.map(({ colour, name, value }) => {
    const mark = element('span', { class: 'hb-tipmark' });
    if (colour === undefined) mark.style.visibility = 'hidden';
    else mark.style.background = colour;
    return element('div', { class: 'hb-tipline' }, mark, element('span', { class: 'hb-tipname' }, name), element('span', { class: 'hb-tipvalue' }, value));
  });
  return element('div', { class: 'hb-tip' }, element('div', { class: 'hb-tiptitle' }, title), ...rows);
}

/** The same for screen readers. */
export function spokenTip({ title, lines }: ChartTip): string {
  return [title, ...lines.map(({ name, value }) => `${name} ${value}`.trim())].join(', ');
}
