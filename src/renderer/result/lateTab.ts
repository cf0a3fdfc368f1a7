import { importBundle } from '../importBundle';
import type { LateTab, ResultTab } from '../resultTab';

/** A tab whose code is a bundle of its own in `dist/renderer/`; loaded when the tab is first opened. */
export function lateTab(tab: Omit<ResultTab, 'open'> & { readonly bundle: string }): ResultTab {
  return {
    ...tab,
    open: async (container, context) => {
      const bundle = await importBundle<LateTab>(tab.bundle);
      return bundle.open(container, context);
    },
  };
}
