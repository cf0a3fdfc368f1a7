/** Layers above the table: menus and dialogs. In the browser's top layer, so that no output, cell or grid cuts them off. */
import { type Disposable, toDisposable } from '../../../common/disposable';

/** An element, or a point of the window in CSS pixels. */
export type Anchor = Element | { readonly x: number; readonly y: number };

const margin = 4;

/** Shows an element of the table above everything, near the anchor. It is taken out of the document when disposed. */
export function showPopup(host: HTMLElement, popup: HTMLElement, anchor: Anchor, beside = false): Disposable {
  popup.setAttribute('popover', 'manual');
  host.append(popup);
  popup.showPopover();
  place(popup, anchor, beside);
  // What arrives late must not push the rest out of the window.
  const observer = new ResizeObserver(() => place(popup, anchor, beside));
  observer.observe(popup);
  return toDisposable(() => {
    observer.disconnect();
    popup.remove();
  });
}

/** Below the anchor (beside it, for a submenu), or where there is room. */
function place(popup: HTMLElement, anchor: Anchor, beside: boolean): void {
  const { width, height } = popup.getBoundingClientRect();
  const { left, right, top, bottom } = boxOf(anchor);
  const maxLeft = innerWidth - width - margin;
  const maxTop = innerHeight - height - margin;
  const wantedLeft = beside ? (right <= maxLeft ? right - 2 : left - width + 2) : left;
  const wantedTop = beside ? top - 5 : bottom <= maxTop || top - height < 0 ? bottom : top - height;
  popup.style.left = `${Math.max(margin, Math.min(maxLeft, wantedLeft))}px`;
  popup.style.top = `${Math.max(margin, Math.min(maxTop, wantedTop))}px`;
}

function boxOf(anchor: Anchor): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
  if (anchor instanceof Element) return anchor.getBoundingClientRect();
  return { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
}

/** Calls back at a press outside of all of these. */
export function onPressOutside(inside: () => readonly Element[], close: () => void): Disposable {
  const pressed = (event: Event): void => {
    const { target } = event;
    if (!(target instanceof Node) || !inside().some((one) => one.contains(target))) close();
  };
  document.addEventListener('pointerdown', pressed, true);
  return toDisposable(() => {
    document.removeEventListener('pointerdown', pressed, true);
  });
}
