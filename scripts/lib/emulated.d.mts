export interface EmulatorAddress {
  readonly url: string;
  readonly caFile: string;
}

export interface EmulatedAccountOptions {
  readonly signedIn?: boolean | undefined;
  readonly guestTenants?: readonly string[] | undefined;
}

export function installEmulatedProduct(): Promise<string>;
export function packageAccount(): Promise<string>;
export function startEmulator(): Promise<EmulatorAddress & { close(): Promise<void> }>;
export function emulatedSettings(url: string): Readonly<Record<string, unknown>>;
export function emulatedEnvironment(emulator: EmulatorAddress, options?: EmulatedAccountOptions): Readonly<Record<string, string>>;
