/** An element that shows one column at a time. */
export interface Slot {
  readonly element: HTMLElement;
  /** Of the column, from the left among the shown; -1 while it shows none. */
  readonly place: number;
  hide(): void;
}

/** Reused elements for a run of columns: the column at place j is in slot j mod n. */
export class SlotPool<S extends Slot> {
  readonly #parent: HTMLElement;
  readonly #make: () => S;
  readonly #slots: S[] = [];

  constructor(parent: HTMLElement, make: () => S) {
    this.#parent = parent;
    this.#make = make;
  }

  get slots(): readonly S[] {
    return this.#slots;
  }

  /** Makes room for these places and hides the others. */
  use(first: number, end: number): void {
    const needed = end - first;
    const grown = this.#slots.length < needed;
    while (this.#slots.length < needed) {
      const slot = this.#make();
      this.#slots.push(slot);
      this.#parent.append(slot.element);
    }
    // More slots share the columns in another way, so all are placed anew.
    if (grown) for (const slot of this.#slots) slot.hide();
    else if (needed < this.#slots.length) for (const slot of this.#slots) if (slot.place < first || slot.place >= end) slot.hide();
  }

  slot(place: number): S | undefined {
    return this.#slots[place % this.#slots.length];
  }

  /** Puts the elements into the order of their columns, as readers of the document expect. */
  sort(): void {
    const shown = this.#slots.filter((slot) => slot.place !== -1).sort((left, right) => left.place - right.place);
    appendInOrder(
      this.#parent,
      shown.map((slot) => slot.element),
    );
  }
}

/** Makes the elements the last children, in this order; does nothing when they are in order. */
export function appendInOrder(parent: Element, elements: readonly Element[]): void {
  const ordered = elements.every((child, index) => {
    const next = elements[index + 1];
    return !next || (child.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  if (!ordered) parent.append(...elements);
}
