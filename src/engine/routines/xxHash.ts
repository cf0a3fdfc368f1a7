const mask = (1n << 64n) - 1n;
const [P1, P2, P3, P4, P5] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];

const rotate = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & mask;
const round = (accumulator: bigint, input: bigint): bigint => (rotate((accumulator + input * P2) & mask, 31n) * P1) & mask;
const merge = (hash: bigint, accumulator: bigint): bigint => ((hash ^ round(0n, accumulator)) * P1 + P4) & mask;

/** XXH64 with seed 0, as a signed 64-bit number. */
export function xxHash64(bytes: Buffer): bigint {
  let position = 0;
  let hash: bigint;
  if (bytes.length >= 32) {
    let [a, b, c, d] = [(P1 + P2) & mask, P2, 0n, (0n - P1) & mask];
    for (; position + 32 <= bytes.length; position += 32) {
      a = round(a, bytes.readBigUInt64LE(position));
      b = round(b, bytes.readBigUInt64LE(position + 8));
      c = round(c, bytes.readBigUInt64LE(position + 16));
      d = round(d, bytes.readBigUInt64LE(position + 24));
    }
    hash = (rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n)) & mask;
    for (const accumulator of [a, b, c, d]) hash = merge(hash, accumulator);
  } else hash = P5;
  hash = (hash + BigInt(bytes.length)) & mask;
  for (; position + 8 <= bytes.length; position += 8)
    hash = (rotate(hash ^ round(0n, bytes.readBigUInt64LE(position)), 27n) * P1 + P4) & mask;
  if (position + 4 <= bytes.length) {
    hash = (rotate(hash ^ ((BigInt(bytes.readUInt32LE(position)) * P1) & mask), 23n) * P2 + P3) & mask;
    position += 4;
  }
  for (; position < bytes.length; position++) hash = (rotate(hash ^ ((BigInt(bytes[position] ?? 0) * P5) & mask), 11n) * P1) & mask;
  hash = ((hash ^ (hash >> 33n)) * P2) & mask;
  hash = ((hash ^ (hash >> 29n)) * P3) & mask;
  return BigInt.asIntN(64, hash ^ (hash >> 32n));
}
