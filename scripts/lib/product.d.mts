export function buildProduct(): Promise<void>;
export function packageProduct(platform?: string): Promise<string>;
export function installProduct(): Promise<string>;
export function thisPlatform(): string;
export function readManifest(): { readonly name: string; readonly version: string };
export const platforms: Readonly<Record<string, string>>;
