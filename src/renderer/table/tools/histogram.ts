import type { WireValue } from '../../../common/kqlTypes';
import type { HistogramBar } from '../../../common/resultViews';
import { element } from '../../dom';
import { countText } from '../values';

/**
 * Bars of which a run can be chosen: by a drag over them, or by Left and Right (with Shift to extend) and Enter.
 * Source of the pattern: https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export function histogram(
  bars: readonly HistogramBar[],
  said: (value: WireValue) => string,
  choose: (from: WireValue, to: WireValue) => void,
): HTMLElement {
  const most = Math.max(1, ...bars.map(({ rows }) => rows));
  const label = 'Distribution: choose a run of bars to filter to its range';
  const box = element('div', { class: 'hb-histogram', role: 'listbox', 'aria-label': label, 'aria-multiselectable': 'true', 'aria-orientation': 'horizontal' });
  const note = element('p', { class: 'hb-quiet hb-histogramnote' });
  let anchor = 0;
  let active = 0;
  const items = bars.map((bar) => {
    const fill = element('span');
    fill.style.height = bar.rows === 0 ? '0' : `max(2px, ${(100 * bar.rows) / most}%)`;
    const text = `${said(bar.from)} … ${said(bar.to)}: ${countText(bar.rows)} rows`;
    return element('div', { class: 'hb-histobar', role: 'option', 'aria-label': text, title: text, tabindex: '-1', 'aria-selected': 'false' }, fill);
  });
  const run = (): readonly [number, number] => [Math.min(anchor, active), Math.max(anchor, active)];
  const mark = (): void => {
    const [first, last] = run();
    for (const [at, item] of items.entries()) {
      item.setAttribute('aria-selected', String(at >= first && at <= last));
      item.tabIndex = at === active ? 0 : -1;
    }
    const rows = bars.slice(first, last + 1).reduce((sum, bar) => sum + bar.rows, 0);
    note.textContent = `${said(bars[first]?.from ?? null)} … ${said(bars[last]?.to ?? null)}: ${countText(rows)} rows`;
  };
  const apply = (): void => {
    const [first, last] = run();
    choose(bars[first]?.from ?? null, bars[last]?.to ?? null);
  };
  box.append(...items);
  const firstItem = items[0];
  if (firstItem) firstItem.tabIndex = 0;
  note.textContent = `${said(bars[0]?.from ?? null)} … ${said(bars.at(-1)?.to ?? null)}`;

  box.addEventListener('keydown', (event) => {
    const target = { ArrowLeft: active - 1, ArrowRight: active + 1, Home: 0, End: bars.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') apply();
    else if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    else {
      active = Math.max(0, Math.min(bars.length - 1, target));
      if (!event.shiftKey) anchor = active;
      mark();
      items[active]?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  });
  const barAt = (event: PointerEvent): number => {
    const { left, width } = box.getBoundingClientRect();
    return Math.max(0, Math.min(bars.length - 1, Math.floor(((event.clientX - left) / width) * bars.length)));
  };
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    anchor = active = barAt(event);
    mark();
  });
  box.addEventListener('pointermove', (event) => {
    if (!box.hasPointerCapture(event.pointerId)) return;
    active = barAt(event);
    mark();
  });
  box.addEventListener('pointerup', (event) => {
    if (box.hasPointerCapture(event.pointerId)) apply();
  });
  return element('div', {}, box, note);
}
