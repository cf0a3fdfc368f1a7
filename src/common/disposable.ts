/** Something that owns a resource. `dispose` is idempotent. */
export interface Disposable {
  dispose(): void;
}

/** Makes a Disposable of a function; the function runs at most once. */
export function toDisposable(release: () => void): Disposable {
  let released = false;
  return {
    dispose() {
      if (released) return;
      released = true;
      release();
    },
  };
}

/**
 * Owner of other Disposables. Disposes them in reverse order of registration. What is registered after
 * disposal is disposed at once, so that an asynchronous construction that ends late leaks nothing.
 */
export class DisposableStore implements Disposable {
  readonly #owned: Disposable[] = [];
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(resource: T): T {
    if (this.#disposed) resource.dispose();
    else this.#owned.push(resource);
    return resource;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const resource of this.#owned.splice(0).reverse()) resource.dispose();
  }
}
