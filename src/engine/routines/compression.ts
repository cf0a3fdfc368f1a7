import { gunzipSync, inflateSync } from 'node:zlib';
import { routine, type Routine } from './routine';

/** Most bytes that a text may unpack to. */
const MOST = 100_000_000;

/** UTF-8 text of what `unpack` gives; null for what does not unpack. */
function unpacked(text: string | null | undefined, unpack: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(unpack(Buffer.from(text ?? '', 'base64'), { maxOutputLength: MOST }));
  } catch {
    return null;
  }
}

/** Compressed text in base64. */
export const compressionRoutines: readonly Routine[] = [
  routine('gunzip', 1, (text) => unpacked(text, gunzipSync)),
  routine('inflate', 1, (text) => unpacked(text, inflateSync)),
];
