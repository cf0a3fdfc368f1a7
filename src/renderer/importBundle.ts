/**
 * Loads a bundle of `dist/renderer/` that this one does without at first. esbuild leaves an import of a computed address alone. The code
 * that asks is in bundles of `dist/renderer/` and `dist/pages/`, so that the way from both leads through the folder above.
 */
export async function importBundle<T>(name: string): Promise<T> {
  return (await import(new URL(`../renderer/${name}.js`, import.meta.url).href)) as T;
}
