/**
 * From the scroll bar to rows. A browser lays out boxes only up to some 33 million device pixels, so beyond a limit
 * the scrolled element is shorter than the rows together ("scaled"): small movements then stay 1:1, far ones are in
 * proportion, and whenever scrolling rests the bar is put where it belongs.
 */
export class ScrollMapping {
  readonly #limit: number;
  #contentHeight = 0;
  #viewHeight = 0;
  #top = 0;
  #physicalTop = 0;

  /** @param devicePixelRatio of the window, zoom included: the browser's limit counts device pixels */
  constructor(devicePixelRatio: number) {
    this.#limit = Math.floor(Math.min(15_000_000, 30_000_000 / Math.max(1, devicePixelRatio)));
  }

  /** Position in the rows, in CSS pixels. */
  get top(): number {
    return this.#top;
  }

  /** Position of the scrolled element. */
  get physicalTop(): number {
    return this.#physicalTop;
  }

  /** Height to give the scrolled element. */
  get physicalHeight(): number {
    return Math.min(this.#contentHeight, this.#limit);
  }

  /** Tells the sizes; the position stays as far as it can. */
  resize(contentHeight: number, viewHeight: number): void {
    this.#contentHeight = contentHeight;
    this.#viewHeight = viewHeight;
    this.moveTo(this.#top);
  }

  /** The user moved the scroll bar. */
  scrolledTo(physicalTop: number): void {
    const moved = physicalTop - this.#physicalTop;
    this.#physicalTop = physicalTop;
    if (!this.#scaled) this.#top = physicalTop;
    else if (Math.abs(moved) <= this.#viewHeight) this.#top = this.#clamp(this.#top + moved);
    else this.#top = this.#clamp(Math.round(physicalTop * this.#ratio));
  }

  /** Moves to a position in the rows; answers the position to give the scrolled element. */
  moveTo(top: number): number {
    this.#top = this.#clamp(top);
    return this.settle();
  }

  /** Where the scroll bar belongs for the current position. */
  settle(): number {
    this.#physicalTop = this.#scaled ? Math.round(this.#top / this.#ratio) : this.#top;
    return this.#physicalTop;
  }

  /** The bar is at an end although rows follow. */
  get stuck(): boolean {
    if (!this.#scaled) return false;
    const atTop = this.#physicalTop <= 0 && this.#top > 0;
    return atTop || (this.#physicalTop >= this.#physicalRange - 1 && this.#top < this.#range);
  }

  get #scaled(): boolean {
    return this.#contentHeight > this.#limit;
  }

  get #range(): number {
    return Math.max(0, this.#contentHeight - this.#viewHeight);
  }

  get #physicalRange(): number {
    return Math.max(1, this.physicalHeight - this.#viewHeight);
  }

  get #ratio(): number {
    return this.#range / this.#physicalRange;
  }

  #clamp(top: number): number {
    return Math.min(this.#range, Math.max(0, top));
  }
}
