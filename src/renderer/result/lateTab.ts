import type { LateTab, ResultTab } from '../resultTab';

/** A tab whose code is a bundle of its own in `dist/renderer/`; loaded when the tab is first opened. */
export function lateTab(tab: Omit<ResultTab, 'open'> & { readonly bundle: string }): ResultTab {
  return {
    ...tab,
    open: async (container, context) => {
      const bundle = (await import(bundleAddress(tab.bundle))) as LateTab;
      return bundle.open(container, context);
    },
  };
}

/**
 * esbuild leaves an import of a computed address alone. This file is part of bundles in `dist/renderer/` and `dist/pages/`, so that the
 * way from both leads through the folder above.
 */
function bundleAddress(bundle: string): string {
  return new URL(`../renderer/${bundle}.js`, import.meta.url).href;
}
