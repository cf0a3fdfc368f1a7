import type { Disposable } from '../../common/disposable';
import type { View } from '../../common/resultViews';
import type { SharedView } from '../resultTab';

/** The view that the tabs of one result share. */
export class CurrentView implements SharedView {
  #current: View;
  readonly #listeners = new Set<(view: View) => void>();

  constructor(view: View) {
    this.#current = view;
  }

  get current(): View {
    return this.#current;
  }

  set(view: View): void {
    if (JSON.stringify(view) === JSON.stringify(this.#current)) return;
    this.#current = view;
    for (const listener of [...this.#listeners]) listener(view);
  }

  onChange(listener: (view: View) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
}
