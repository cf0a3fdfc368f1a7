import { type Column, type KqlType, kqlTypes } from '../common/kqlTypes';
import { kindName, listItems, type RawElement, type RawSymbol } from './bridge';

/** What a name refers to. */
export interface KqlSymbol {
  /** The symbol's class without `Symbol`: `Column`, `Variable`, `Parameter`, `Table`, `Function`, `Operator`, … */
  readonly kind: string;
  readonly name: string;
}

/**
 * A node of the bound syntax tree. Kinds and child names are Kusto.Language's own (`FilterOperator`, `Condition`, …);
 * nothing else of that library shows.
 */
export class KqlNode {
  readonly #raw: RawElement;

  constructor(raw: RawElement) {
    this.#raw = raw;
  }

  /** For identity: two wrappers of one node have the same `id`. */
  get id(): object {
    return this.#raw;
  }

  get kind(): string {
    return kindName(this.#raw.Kind);
  }

  get isToken(): boolean {
    return this.#raw.IsToken;
  }

  /** Offset in the parsed text, without leading spaces and comments. */
  get start(): number {
    return this.#raw.TextStart;
  }

  get length(): number {
    return this.#raw.Width;
  }

  /** Source text without leading and trailing trivia. */
  get text(): string {
    return this.#raw.IsToken ? (this.#raw.Text ?? '') : this.#raw.ToString().trim();
  }

  /** The child of that name, absent when it is missing in the text or not part of this kind. */
  child(name: string): KqlNode | undefined {
    for (let index = 0; index < this.#raw.ChildCount; index++) {
      if (this.#raw.GetName(index) === name) {
        const child = this.#raw.GetChild(index);
        return child && !child.IsMissing ? new KqlNode(child) : undefined;
      }
    }
    return undefined;
  }

  /** The child of that name; its absence is a defect of ours, because bound trees without errors are whole. */
  need(name: string): KqlNode {
    const child = this.child(name);
    if (!child) throw new Error(`${this.kind} has no ${name}`);
    return child;
  }

  /** Elements of the list that is the child of that name. Separators are left out. */
  list(name: string): KqlNode[] {
    return this.child(name)?.elements ?? [];
  }

  /** Elements of this list. */
  get elements(): KqlNode[] {
    return this.children.map((child) => (child.kind === 'SeparatedElement' ? child.children[0] : child)).filter((child) => child !== undefined);
  }

  get children(): KqlNode[] {
    const children: KqlNode[] = [];
    for (let index = 0; index < this.#raw.ChildCount; index++) {
      const child = this.#raw.GetChild(index);
      if (child) children.push(new KqlNode(child));
    }
    return children;
  }

  /** This node and all below it, parents first. */
  *walk(): Generator<KqlNode> {
    yield this;
    for (const child of this.children) yield* child.walk();
  }

  get symbol(): KqlSymbol | undefined {
    const symbol = this.#raw.ReferencedSymbol;
    return symbol ? { kind: symbol.constructor.$$name.replace(/^.*\.|Symbol$/gu, ''), name: symbol.Name } : undefined;
  }

  /** Columns that the referenced symbol stands for, for `*` and the like. */
  get symbolColumns(): Column[] | undefined {
    const symbol = this.#raw.ReferencedSymbol;
    return symbol?.Columns ? columnsOf(symbol) : undefined;
  }

  /** The simple name of a name reference or declaration. */
  get simpleName(): string | undefined {
    return this.#raw.SimpleName ?? undefined;
  }

  /** The scalar type of an expression; absent for tables, and where the binder does not know. */
  get scalarType(): KqlType | undefined {
    const type = this.#raw.ResultType;
    return type ? scalarTypeOf(type) : undefined;
  }

  get isUnknownType(): boolean {
    const name = this.#raw.ResultType?.Name;
    return name === 'unknown' || name === 'error';
  }

  /** Columns of a tabular expression or operator. */
  get columns(): Column[] | undefined {
    const type = this.#raw.ResultType;
    return type?.Columns ? columnsOf(type) : undefined;
  }

  /** Properties of the nodes and edges of an expression that is a graph. */
  get graph(): { readonly nodes: Column[]; readonly edges: Column[] } | undefined {
    const type = this.#raw.ResultType;
    if (!type?.EdgeShape) return undefined;
    return { nodes: type.NodeShape ? columnsOf(type.NodeShape) : [], edges: columnsOf(type.EdgeShape) };
  }

  /** The table may have more columns than the binder knows. */
  get isOpenTable(): boolean {
    return this.#raw.ResultType?.IsOpen === true;
  }

  get isLiteral(): boolean {
    return this.#raw.IsLiteral === true;
  }

  /** Of a string, bool or dynamic literal; other literals are read from their text. */
  get literalText(): string | undefined {
    const value = this.#raw.LiteralValue;
    if (typeof value === 'string') return value;
    // Numbers and truth values are boxed .NET values, which have a text of their own.
    return value === null || value === undefined ? undefined : (value as { toString(): string }).toString();
  }

  /** Value of a token: a string without its quotes. */
  get tokenValue(): string {
    return this.#raw.ValueText ?? this.#raw.Text ?? '';
  }

  /** The body of the function called here, bound with the arguments' types. */
  calledBody(): KqlNode | undefined {
    const body = this.#raw.GetCalledFunctionBody?.();
    return body ? new KqlNode(body) : undefined;
  }
}

function columnsOf(type: RawSymbol): Column[] {
  return listItems(type.Columns).map((column) => ({ name: column.Name, type: scalarTypeOf(column.Type) ?? 'dynamic' }));
}

function scalarTypeOf(type: RawSymbol): KqlType | undefined {
  if (type.Columns) return undefined;
  const found = kqlTypes.find((known) => known === type.Name);
  if (found) return found;
  return type.constructor.$$name.includes('Dynamic') ? 'dynamic' : undefined;
}
