import type { Answer, LogsDatabase } from '../data/logsDatabase';
import type { Clock } from '../http/clock';

interface Cached {
  readonly answer: Answer;
  readonly madeAt: number;
}

const MOST_CACHED = 20;

/** Answers of the last two minutes. The rows of an answer are dropped when it has left and nobody reads them any more. */
export class AnswerCache {
  readonly #database: LogsDatabase;
  readonly #clock: Clock;
  readonly #lifeMs: number;
  readonly #cached = new Map<string, Cached>();
  readonly #readers = new Map<Answer, number>();

  constructor(database: LogsDatabase, clock: Clock, lifeMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  /** The answer, and how old it is in whole seconds. */
  get(key: string): { readonly answer: Answer; readonly age: number } | undefined {
    const cached = this.#cached.get(key);
    const age = cached ? this.#clock.now() - cached.madeAt : 0;
    return cached && age < this.#lifeMs ? { answer: cached.answer, age: Math.floor(age / 1000) } : undefined;
  }

  set(key: string, answer: Answer): void {
    this.#remove(key);
    this.#cached.set(key, { answer, madeAt: this.#clock.now() });
    const [oldest] = this.#cached.keys();
    if (this.#cached.size > MOST_CACHED && oldest !== undefined) this.#remove(oldest);
  }

  /** Keeps the rows of an answer until `closed` is aborted, whatever happens to the cache. */
  read(answer: Answer, closed: AbortSignal): void {
    this.#readers.set(answer, (this.#readers.get(answer) ?? 0) + 1);
    const end = (): void => {
      this.#readers.set(answer, (this.#readers.get(answer) ?? 1) - 1);
      this.#dropUnread(answer);
    };
    if (closed.aborted) end();
    else closed.addEventListener('abort', end, { once: true });
  }

  #remove(key: string): void {
    const cached = this.#cached.get(key);
    this.#cached.delete(key);
    if (cached) this.#dropUnread(cached.answer);
  }

  #dropUnread(answer: Answer): void {
    if ((this.#readers.get(answer) ?? 0) > 0 || [...this.#cached.values()].some((cached) => cached.answer === answer)) return;
    this.#readers.delete(answer);
    // A table that stays costs memory of the emulator, no more.
    this.#database.drop(answer.relation).catch(() => undefined);
  }
}
