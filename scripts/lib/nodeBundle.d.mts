export function bundleForNode(
  entries: readonly string[],
  options?: { readonly outdir?: string; readonly inExtensionHost?: boolean },
): Promise<string[]>;
