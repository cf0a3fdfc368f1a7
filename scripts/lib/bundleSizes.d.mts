export interface BundleSize {
  readonly name: string;
  /** Bytes. */
  readonly raw: number;
  readonly gzip: number;
  readonly budget: number | undefined;
}

/** Bytes after gzip, by bundle. */
export const budgets: Readonly<Record<string, number>>;

export function bundleSizes(): readonly BundleSize[];
