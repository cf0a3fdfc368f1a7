import type { KqlNode } from '../kql/node';
import type { Expression } from './expression';
import type { Plan } from './plan';
import type { Translator } from './translator';

/** What a name of a `let`, a parameter or an `as` stands for. */
export type Binding =
  | { readonly kind: 'scalar'; readonly value: () => Expression }
  | { readonly kind: 'table'; readonly value: () => Plan }
  /** A function declared by `let`: opened at each call. */
  | { readonly kind: 'function'; readonly node: KqlNode; readonly environment: Environment }
  /** What `declare pattern` declared: its statement. */
  | { readonly kind: 'pattern'; readonly node: KqlNode; readonly environment: Environment };

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

  /** Functions declared by `let` with `view`, which wildcards and searches find. Innermost last. */
  views(): readonly { readonly name: string; readonly read: (translator: Translator) => Plan }[] {
    const own = [...this.#bindings].flatMap(([name, binding]) => {
      if (binding.kind !== 'function' || binding.node.children[0]?.kind !== 'ViewKeyword') return [];
      const body = binding.node.need('Body');
      const read = (translator: Translator): Plan =>
        translator.table(body.need('Expression'), translator.bindLets(body.list('Statements'), binding.environment));
      return [{ name, read }];
    });
    const names = new Set(this.#bindings.keys());
    return [...(this.#outer?.views() ?? []).filter(({ name }) => !names.has(name)), ...own];
  }

  /** How many bindings of a name there are, hidden ones included. */
  count(name: string): number {
    return (this.#bindings.has(name) ? 1 : 0) + (this.#outer?.count(name) ?? 0);
  }
}
