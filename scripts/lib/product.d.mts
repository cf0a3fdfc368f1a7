export function buildProduct(): Promise<void>;
export function packageProduct(platform?: string): Promise<string>;
export function installProduct(): Promise<string>;
