import type { EmulatedAccountOptions, EmulatorAddress } from './emulated.mjs';
import type { WorkbenchPage } from './workbenchPage.mjs';

export interface ProductOptions {
  readonly folder?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Azure for the product, with an account that it gives out. */
  readonly emulator?: (EmulatorAddress & EmulatedAccountOptions) | undefined;
  readonly viewport?: { readonly width: number; readonly height: number } | undefined;
}

export interface OpenedProduct {
  readonly workbench: WorkbenchPage;
  /** The copy that is open. */
  readonly folder: string;
  /** The address of the open folder. */
  readonly url: string;
  /** What the workbench's server writes. */
  readonly logFile: string;
  /** The workbench's user data; user settings are in `data/User/settings.json`. */
  readonly dataDir: string;
  close(): Promise<void>;
}

export function openProduct(options?: ProductOptions): Promise<OpenedProduct>;
