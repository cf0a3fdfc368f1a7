/** The last lines that a process wrote, to say why it ended. Each whole line is also passed on. */
export class LastLines {
  readonly #lines: string[] = [];
  readonly #limit: number;
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(limit: number, onLine: (line: string) => void) {
    this.#limit = limit;
    this.#onLine = onLine;
  }

  add(data: { toString(): string }): void {
    const lines = (this.#rest + data.toString()).split(/\r?\n/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() === '') continue;
      this.#lines.push(line);
      if (this.#lines.length > this.#limit) this.#lines.shift();
      this.#onLine(line);
    }
  }

  text(): string {
    return [...this.#lines, this.#rest].filter((line) => line.trim() !== '').join('\n');
  }
}
