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
/** As in test/emulator/emulator.ts. */
export interface StartedEmulator extends EmulatorAddress {
  readonly clock: { advance(milliseconds: number): void };
  readonly faults: { add(fault: object): unknown };
  close(): Promise<void>;
}

export function startEmulator(): Promise<StartedEmulator>;
export function emulatedSettings(url: string): Readonly<Record<string, unknown>>;
export function emulatedEnvironment(emulator: EmulatorAddress, options?: EmulatedAccountOptions): Readonly<Record<string, string>>;
