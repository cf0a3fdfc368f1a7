export interface ExtensionHostRun {
  readonly module: string;
  readonly folder: string;
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly vsix?: readonly string[];
  readonly trusted?: Readonly<Record<string, readonly string[]>>;
  readonly timeout?: number;
}

export function runInExtensionHost(options: ExtensionHostRun): Promise<{ readonly code: number; readonly log: string }>;
