/** A command of the editor. Everything that a dialog would ask for can be given as an argument, so that keybindings and tests can. */
export interface Command {
  /** As in package.json. */
  readonly id: string;
  /** What it throws is shown to people. */
  run(...given: readonly unknown[]): unknown;
}

/** Reads a field of an argument whose shape nobody guarantees: a tree node, an object of a keybinding. */
export function field(argument: unknown, name: string): unknown {
  return typeof argument === 'object' && argument !== null ? (argument as Readonly<Record<string, unknown>>)[name] : undefined;
}

export function textField(argument: unknown, name: string): string | undefined {
  const value = field(argument, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
