import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
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

/**
 * Short texts are stored as they are, which is what the documentation's examples show; others are compressed. Azure's coder may give
 * other bytes for those: what they unpack to is the same.
 */
function packed(text: string | null, pack: (bytes: Buffer, options: { level: number }) => Buffer): Buffer {
  const bytes = Buffer.from(text ?? '', 'utf8');
  const [stored, compressed] = [pack(bytes, { level: 0 }), pack(bytes, { level: 6 })];
  return compressed.length < stored.length * 0.75 ? compressed : stored;
}

/** Header of gzip: no flags, and no operating system named. */
function gzip(text: string | null): Buffer {
  const bytes = packed(text, gzipSync);
  bytes.set([0, 0xff], 8);
  return bytes;
}

/** Compressed text in base64. */
export const compressionRoutines: readonly Routine[] = [
  routine('gunzip', 1, (text) => unpacked(text, gunzipSync)),
  routine('inflate', 1, (text) => unpacked(text, inflateSync)),
  routine('gzip', 1, (text) => gzip(text).toString('base64')),
  routine('deflate', 1, (text) => packed(text, deflateSync).toString('base64')),
];
