export interface WorkbenchOptions {
  readonly dataDir: string;
  readonly extensionsDir: string;
  readonly logFile: string;
  readonly token?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly fixedSettings?: Readonly<Record<string, unknown>> | undefined;
  readonly testDriver?: boolean | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface Workbench {
  readonly port: number;
  readonly logFile: string;
  readonly ended: Promise<unknown>;
  url(folder: string, parameters?: Readonly<Record<string, string>>): string;
  remoteUri(file: string): string;
  stop(): Promise<void>;
}

export function installWorkbench(): Promise<void>;
export function installVsix(vsix: string, folders: { readonly extensionsDir: string; readonly dataDir: string }): Promise<void>;
export function startWorkbench(options: WorkbenchOptions): Promise<Workbench>;
