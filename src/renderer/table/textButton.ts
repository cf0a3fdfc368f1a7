import { element } from '../dom';

/** A button that looks like a link. */
export function textButton(label: string, act: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'hb-link' }, label);
  button.addEventListener('click', act);
  return button;
}
