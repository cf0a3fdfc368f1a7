import type { CardModel } from '../../common/charts/cardModel';
import { element } from '../dom';

/** The values of a row, large. */
export function cardView({ title, values }: CardModel): HTMLElement {
  const items = values.map(({ name, text }) =>
    element('div', { class: 'hb-carditem' }, element('dt', {}, name), element('dd', {}, text)),
  );
  return element('div', { class: 'hb-card' }, ...(title === undefined ? [] : [element('h3', {}, title)]), element('dl', {}, ...items));
}
