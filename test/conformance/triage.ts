/** Published outputs that are themselves wrong, each with the reason. */
export const knownWrong: ReadonlyMap<string, string> = new Map();
