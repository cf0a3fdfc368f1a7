export interface BundleSize {
  readonly name: string;
  /** Bytes. */
  readonly raw: number;
  readonly gzip: number;
  readonly budget: number | undefined;
}

export function bundleSizes(): readonly BundleSize[];
