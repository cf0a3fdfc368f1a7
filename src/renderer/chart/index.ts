/** The chart of a result: a bundle of its own, loaded when its tab is first opened. */
import type { LateTab } from '../resultTab';
import { element } from '../dom';

export const open: LateTab['open'] = async (container) => {
  container.append(element('p', {}, 'A chart'));
  return { shown: () => undefined, dispose: () => undefined };
};
