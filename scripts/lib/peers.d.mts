export function installPeers(): Promise<string>;
