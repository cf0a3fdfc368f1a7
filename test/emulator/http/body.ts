import { setTimeout as delay } from 'node:timers/promises';
import { partialError } from '../logs/partialError';
import type { FaultEffect, Faults } from './faults';

/** Pieces of at least this size go out together. */
const PIECE = 64 * 1024;

/** The bytes of a body as a fault lets them through. The generator's answer says whether the connection is to be reset at the end. */
export async function* bodyBytes(
  body: string | AsyncIterable<string>,
  effect: FaultEffect | undefined,
  faults: Faults,
  signal: AbortSignal,
): AsyncGenerator<Buffer, 'end' | 'reset'> {
  switch (effect?.kind) {
    case 'truncate':
      yield* firstBytes(pieces(body), effect.afterBytes);
      return 'end';
    case 'reset':
      yield* firstBytes(pieces(body), effect.afterBytes);
      return 'reset';
    case 'partial':
      yield* pieces(withError(body, partialError('-2133196799', effect.message ?? 'The query was aborted: it used up its memory (E_RUNAWAY_QUERY).')));
      return 'end';
    case 'malformed':
      yield Buffer.from('{"tables":[{"name":"PrimaryResult","columns":[}<html>\u0000');
      return 'end';
    case 'trickle':
      for await (const piece of pieces(body)) {
        for (let start = 0; start < piece.length; start += effect.bytes) {
          await delay(effect.everyMs, undefined, { signal });
          yield piece.subarray(start, start + effect.bytes);
        }
      }
      return 'end';
    default:
      if (effect?.kind === 'hold' && effect.part === 'body') await faults.hold(signal);
      yield* pieces(body);
      return 'end';
  }
}

/** Puts `error` into the JSON object that a body is. */
async function* withError(body: string | AsyncIterable<string>, error: object): AsyncGenerator<string> {
  let last = '';
  for await (const text of typeof body === 'string' ? [body] : body) {
    yield last;
    last = text;
  }
  yield last.replace(/\}$/u, `,"error":${JSON.stringify(error)}}`);
}

async function* pieces(body: string | AsyncIterable<string>): AsyncGenerator<Buffer> {
  if (typeof body === 'string') {
    yield Buffer.from(body);
    return;
  }
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const text of body) {
    const bytes = Buffer.from(text);
    waiting.push(bytes);
    size += bytes.length;
    if (size < PIECE) continue;
    yield Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}

async function* firstBytes(source: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const piece of source) {
    if (piece.length >= left) {
      yield piece.subarray(0, left);
      return;
    }
    left -= piece.length;
    yield piece;
  }
}
