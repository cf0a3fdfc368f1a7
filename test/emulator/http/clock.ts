/** The services' clock: tokens, caches, limits, `now()` and the `Date` header go by it. */
export class Clock {
  /** How far the services are ahead of this machine (behind: negative), in milliseconds. */
  skewMs = 0;

  now(): number {
    return Date.now() + this.skewMs;
  }

  date(): Date {
    return new Date(this.now());
  }

  iso(): string {
    return this.date().toISOString();
  }

  /** Lets time pass for the services alone. */
  advance(milliseconds: number): void {
    this.skewMs += milliseconds;
  }
}
