import type { KqlNode } from '../kql/node';
import type { Expression } from './expression';
import type { Plan } from './plan';

/** What a name of a `let`, a parameter or an `as` stands for. */
export type Binding =
  | { readonly kind: 'scalar'; readonly value: () => Expression }
  | { readonly kind: 'table'; readonly value: () => Plan }
  /** A function declared by `let`: opened at each call. */
  | { readonly kind: 'function'; readonly node: KqlNode; readonly environment: Environment };

/** Names in scope, innermost first. Immutable: a binding makes a new environment. */
export class Environment {
  readonly #bindings: ReadonlyMap<string, Binding>;
  readonly #outer: Environment | undefined;

  constructor(bindings: ReadonlyMap<string, Binding> = new Map(), outer?: Environment) {
    this.#bindings = bindings;
    this.#outer = outer;
  }

  with(name: string, binding: Binding): Environment {
    return new Environment(new Map([[name, binding]]), this);
  }

  find(name: string): Binding | undefined {
    return this.#bindings.get(name) ?? this.#outer?.find(name);
  }

  /** How many bindings of a name there are, hidden ones included. */
  count(name: string): number {
    return (this.#bindings.has(name) ? 1 : 0) + (this.#outer?.count(name) ?? 0);
  }
}
