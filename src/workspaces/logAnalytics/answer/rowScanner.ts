/** What is wrong with a body that is no answer of the query API. */
export class MalformedAnswer extends Error {}

/** The part of the answer around the rows: statistics, visualization, error. */
const MOST_ENVELOPE_BYTES = 32 * 1024 * 1024;
/** Longest key that is told from others. */
const MOST_KEY_BYTES = 16;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const NEWLINE = 0x0a;
const SPACE = 0x20;

type Mode = 'envelope' | 'rows' | 'otherRows';

/**
 * Takes an answer `{"tables":[{"columns":[…],"rows":[[…],…]}],"render":{…},…}` apart while it arrives: each row of the first table
 * becomes a line, everything else is kept as it is with empty `rows`. Nothing is parsed here but strings and brackets, so that the work
 * for each piece is small; the rows are parsed by the database, which counts on other threads.
 */
export class RowScanner {
  rowCount = 0;
  /** Bytes of the longest row. */
  longestRow = 0;
  /** Rows of tables after the first. */
  otherRows = 0;
  #mode: Mode = 'envelope';
  #envelope = Buffer.allocUnsafe(4096);
  #envelopeLength = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #stringStart = 0;
  #lastString = '';
  #key = '';
  #topKey = '';
  #tables = 0;
  #rowLength = 0;

  /** @returns the rows in this piece, one a line; the last may go on in the next piece. */
  push(piece: Uint8Array): Uint8Array {
    // A row's end becomes two bytes at most.
    const lines = Buffer.allocUnsafe(piece.length * 2);
    let used = 0;
    let index = 0;
    while (index < piece.length) {
      if (this.#mode === 'envelope') {
        index = this.#scanEnvelope(piece, index);
        continue;
      }
      const isFirst = this.#mode === 'rows';
      const [next, written] = this.#scanRows(piece, index, lines, used);
      index = next;
      if (isFirst) used = written;
    }
    return lines.subarray(0, used);
  }

  /** @returns the answer without its rows. @throws MalformedAnswer when it is not complete. */
  finish(): unknown {
    if (this.#mode !== 'envelope' || this.#depth !== 0 || this.#inString) throw new MalformedAnswer('The answer ends too early.');
    try {
      return JSON.parse(this.#envelope.toString('utf8', 0, this.#envelopeLength)) as unknown;
    } catch (thrown) {
      throw new MalformedAnswer('The answer is no JSON.', { cause: thrown });
    }
  }

  #scanEnvelope(piece: Uint8Array, start: number): number {
    for (let index = start; index < piece.length; index++) {
      const byte = piece[index] ?? 0;
      this.#keep(byte);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#endString();
        continue;
      }
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          this.#stringStart = this.#envelopeLength;
          break;
        case COLON:
          this.#key = this.#lastString;
          if (this.#depth === 1) this.#topKey = this.#key;
          break;
        case OPEN_OBJECT:
        case OPEN_LIST:
          if (byte === OPEN_LIST && this.#depth === 3 && this.#key === 'rows' && this.#topKey === 'tables') {
            this.#mode = ++this.#tables === 1 ? 'rows' : 'otherRows';
            this.#depth = 0;
            return index + 1;
          }
          this.#depth++;
          this.#key = '';
          break;
        case CLOSE_OBJECT:
        case CLOSE_LIST:
          if (--this.#depth < 0) throw new MalformedAnswer('The answer is no JSON.');
          this.#key = '';
          break;
        case COMMA:
          this.#key = '';
          break;
        default:
      }
    }
    return piece.length;
  }

  /** The inner loop: state is kept in locals, as it runs for each byte of up to 100 MB. */
  #scanRows(piece: Uint8Array, start: number, lines: Buffer, from: number): readonly [index: number, used: number] {
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let used = from;
    let rowStart = used - this.#rowLength;
    let index = start;
    for (; index < piece.length; index++) {
      const byte = piece[index] ?? 0;
      if (inString) {
        lines[used++] = byte;
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
        continue;
      }
      if (byte <= SPACE) continue;
      if (depth === 0 && byte !== OPEN_LIST) {
        if (byte === COMMA) continue;
        if (byte !== CLOSE_LIST) throw new MalformedAnswer('A row of the answer is no list.');
        this.#leaveRows();
        return [index + 1, used];
      }
      lines[used++] = byte;
      if (byte === QUOTE) inString = true;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
      else if ((byte === CLOSE_LIST || byte === CLOSE_OBJECT) && --depth === 0) {
        if (this.#mode === 'rows') this.rowCount++;
        else this.otherRows++;
        if (used - rowStart > this.longestRow) this.longestRow = used - rowStart;
        lines[used++] = NEWLINE;
        rowStart = used;
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    this.#rowLength = used - rowStart;
    return [index, used];
  }

  #leaveRows(): void {
    this.#mode = 'envelope';
    this.#depth = 3;
    this.#inString = false;
    this.#escaped = false;
    this.#rowLength = 0;
    this.#key = '';
    this.#keep(CLOSE_LIST);
  }

  #endString(): void {
    this.#inString = false;
    const length = this.#envelopeLength - 1 - this.#stringStart;
    this.#lastString =
      length > MOST_KEY_BYTES ? '' : this.#envelope.toString('latin1', this.#stringStart, this.#stringStart + length);
  }

  #keep(byte: number): void {
    if (this.#envelopeLength === this.#envelope.length) {
      if (this.#envelopeLength >= MOST_ENVELOPE_BYTES) throw new MalformedAnswer('The answer is not what the query API answers.');
      this.#envelope = Buffer.concat([this.#envelope], this.#envelope.length * 2);
    }
    this.#envelope[this.#envelopeLength++] = byte;
  }
}
