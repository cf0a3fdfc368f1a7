import { type Disposable, DisposableStore } from '../../../common/disposable';
import { element } from '../../dom';
import { type Anchor, onPressOutside, showPopup } from './popup';

/**
 * A small dialog near what it is about. It is not modal: a press elsewhere, Escape, or leaving it by Tab closes it; the keys give the focus
 * back.
 */
export function openDialog(host: HTMLElement, anchor: Anchor, label: string, content: readonly Node[], focusBack: () => void): Disposable {
  const store = new DisposableStore();
  const dialog = element('div', { class: 'hb-popup hb-dialog', role: 'dialog', 'aria-label': label }, ...content);
  dialog.addEventListener('keydown', (event) => {
    // What is typed here must not reach the notebook as commands.
    if (event.key !== 'Tab' && !((event.ctrlKey || event.metaKey) && !isEditingKey(event))) event.stopPropagation();
    if (event.key !== 'Escape' && !leavesByTab(dialog, event)) return;
    event.preventDefault();
    store.dispose();
    focusBack();
  });
  dialog.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !dialog.contains(relatedTarget)) store.dispose();
  });
  store.add(showPopup(host, dialog, anchor));
  store.add(onPressOutside(() => [dialog], () => store.dispose()));
  dialog.querySelector<HTMLElement>('[data-first], input, select, button')?.focus();
  return store;
}

/** Whether Tab goes beyond the first or the last control. */
function leavesByTab(dialog: HTMLElement, { key, shiftKey, target }: KeyboardEvent): boolean {
  const controls = [...dialog.querySelectorAll<HTMLElement>('input, select, button')].filter((one) => one.checkVisibility());
  return key === 'Tab' && target === controls.at(shiftKey ? 0 : -1);
}

function isEditingKey(event: KeyboardEvent): boolean {
  return /^([acvxzy]|Arrow(Left|Right)|Home|End|Backspace|Delete)$/i.test(event.key);
}
