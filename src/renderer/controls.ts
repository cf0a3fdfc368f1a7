import { element } from './dom';

/** A button that is not the main thing to do. */
export function button(label: string, act: () => void, title?: string): HTMLButtonElement {
  const attributes = title === undefined ? {} : { title, 'aria-label': title };
  const made = element('button', { type: 'button', class: 'hb-button hb-secondary', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A labelled list to choose one of. */
export function choice(label: string, choices: readonly Choice[], chosen: string, changed: (value: string) => void): HTMLElement {
  const options = choices.map(({ value, label: text }) => element('option', value === chosen ? { value, selected: '' } : { value }, text));
  const select = element('select', { class: 'hb-select' }, ...options);
  select.addEventListener('change', () => changed(select.value));
  // Typing and arrows choose here; the notebook would take them for its own.
  select.addEventListener('keydown', (event) => event.stopPropagation());
  return element('label', { class: 'hb-choice' }, label, select);
}
