import { routine, type Routine } from './routine';
import { xxHash64 } from './xxHash';

/** .NET's order of a GUID's bytes: the first three groups are little-endian. */
function swapped(bytes: Buffer): Buffer {
  const part = (from: number, to: number): Buffer => Buffer.from(bytes.subarray(from, to)).reverse();
  return Buffer.concat([part(0, 4), part(4, 6), part(6, 8), bytes.subarray(8)]);
}

function bytesOf(json: string | null): Buffer | undefined {
  const parsed: unknown = json === null ? undefined : JSON.parse(json);
  if (!Array.isArray(parsed) || !parsed.every((byte) => Number.isInteger(byte) && Number(byte) >= 0 && Number(byte) < 256))
    return undefined;
  return Buffer.from(parsed as number[]);
}

/** The bytes of a value in its type's own width, little-endian; the text of those that have none. */
function bytesToHash(text: string, type: string): Buffer {
  switch (type) {
    case 'long':
    case 'datetime':
    case 'timespan': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(text));
      return bytes;
    }
    case 'int': {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(Number(text));
      return bytes;
    }
    default:
      return Buffer.from(text, 'utf8');
  }
}

/** Encodings and digests that DuckDB lacks. */
export const encodingRoutines: readonly Routine[] = [
  routine('xxhash64', 2, (text, type) => (text === null ? null : xxHash64(bytesToHash(text, type ?? 'string')).toString())),
  routine('bytes_base64', 1, (json) => bytesOf(json)?.toString('base64') ?? null),
  routine('guid_base64', 1, (guid) => (guid === null ? null : swapped(Buffer.from(guid.replaceAll('-', ''), 'hex')).toString('base64'))),
  routine('base64_guid', 1, (text) => {
    const bytes = Buffer.from(text ?? '', 'base64');
    return bytes.length === 16
      ? swapped(bytes)
          .toString('hex')
          .replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-')
      : null;
  }),
];
